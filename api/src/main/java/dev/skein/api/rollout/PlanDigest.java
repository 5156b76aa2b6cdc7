// SPDX-License-Identifier: Apache-2.0
package dev.skein.api.rollout;

import dev.skein.api.rollout.RolloutPlan.Member;
import dev.skein.api.rollout.RolloutPlan.SetAside;
import dev.skein.engine.Digests;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What the databases of a plan are known by: SHA-256, hexadecimal, over the digests of its waves
 * and that of what is set aside. Each of those is over its databases in their order: their fields,
 * each in UTF-8 and with a zero byte behind it, which no text of PostgreSQL has. Revisions are
 * joined by commas. A restored database has its heads in brackets; an absent field is empty.
 */
public final class PlanDigest {
    private final List<MessageDigest> waves;
    private final MessageDigest setAside = Digests.begun();

    public PlanDigest(int waves) {
        this.waves = IntStream.range(0, waves).mapToObj(wave -> Digests.begun()).toList();
    }

    /** Takes the next database of a wave up. */
    public void member(int wave, Member m) {
        var heads = m.heads() == null ? null : "[" + String.join(",", m.heads()) + "]";
        var path = String.join(",", m.path());
        put(waves.get(wave), m.uid(), m.site(), m.name(), path, m.restore(), heads);
    }

    /** Takes the next database up that is set aside. */
    public void aside(SetAside one) {
        put(setAside, one.uid(), one.site(), one.name(), one.reason());
    }

    private static void put(MessageDigest digest, @Nullable String... fields) {
        var row = new StringBuilder();
        for (var field : fields) {
            row.append(field == null ? "" : field).append('\0');
        }
        digest.update(row.toString().getBytes(StandardCharsets.UTF_8));
    }

    /** All of it; nothing more is taken up. */
    public String hex() {
        var parts = Stream.concat(waves.stream(), Stream.of(setAside)).map(MessageDigest::digest);
        return Digests.hex(Digests.sha256(parts.toArray(byte[][]::new)));
    }
}
