// SPDX-License-Identifier: Apache-2.0
package dev.skein.simulation.site;

import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;

/** A process: it is killed, frozen and started, and its clock is set by somebody. */
public final class ServiceProcess extends Clock {
    private static final long LOOK = 2_000;

    private final SimulatedWorld world;
    private final String name;
    private int life;
    private boolean alive;
    private long frozenUntil;
    private long offset;
    private long diedAt;
    private final List<Span> asleep = new ArrayList<>();

    private record Span(long from, long to) {}

    public ServiceProcess(SimulatedWorld world, String name) {
        this.world = world;
        this.name = name;
    }

    public String name() {
        return name;
    }

    public boolean isAlive() {
        return alive;
    }

    /** Whether it does anything just now. */
    public boolean isAwake() {
        return alive && world.timeline().now() >= frozenUntil;
    }

    /** Begins a life. */
    public void live() {
        asleep.add(new Span(diedAt, world.timeline().now()));
        alive = true;
        life++;
        frozenUntil = 0;
    }

    /** Ends it. What it had planned is forgotten. */
    public void die() {
        alive = false;
        diedAt = world.timeline().now();
        life++;
    }

    /** Does nothing for so long, and knows nothing of that. */
    public void freeze(long millis) {
        frozenUntil = world.timeline().now() + millis;
        asleep.add(new Span(world.timeline().now(), frozenUntil));
    }

    /** Whether it was alive and not frozen at all between two moments that are past. */
    public boolean wasAwake(long from, long to) {
        return (alive || diedAt > to)
                && asleep.stream().noneMatch(span -> span.from() < to && span.to() > from);
    }

    /** Goes on at once. */
    public void thaw() {
        frozenUntil = 0;
    }

    /** Sets its clock so far off. */
    public void setOffset(long millis) {
        offset = millis;
    }

    /** Does something after a while, if it lives that long. */
    public void in(long millis, Runnable what) {
        if (!alive) {
            return;
        }
        int now = life;
        world.timeline().in(millis, () -> wake(now, what));
    }

    private void wake(int planned, Runnable what) {
        if (life != planned) {
            return;
        }
        long left = frozenUntil - world.timeline().now();
        if (left > 0) {
            world.timeline().in(Math.min(left, LOOK), () -> wake(planned, what));
        } else {
            what.run();
        }
    }

    /** Does something next. */
    public void soon(Runnable what) {
        in(world.chance().between(1, 60), what);
    }

    /** Does something again and again for as long as it lives. */
    public void every(int millis, Runnable what) {
        in(
                world.chance().between(millis / 2, millis),
                () -> {
                    what.run();
                    every(millis, what);
                });
    }

    /** A time that nobody sets, in nanoseconds. */
    public long nanos() {
        return world.timeline().now() * 1_000_000;
    }

    @Override
    public Instant instant() {
        return world.timeline().instant().plusMillis(offset);
    }

    Instant clock() {
        return instant();
    }

    @Override
    public ZoneId getZone() {
        return ZoneOffset.UTC;
    }

    @Override
    public Clock withZone(ZoneId zone) {
        return this;
    }
}
