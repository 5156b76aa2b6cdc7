// SPDX-License-Identifier: Apache-2.0
package dev.skein.simulation.control;

import dev.skein.api.command.RolloutCommands.Changed;
import jakarta.enterprise.event.Event;
import jakarta.enterprise.event.NotificationOptions;
import jakarta.enterprise.util.TypeLiteral;
import java.lang.annotation.Annotation;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;

/** Wakes whoever is to hear of a change. */
record WakeList(Consumer<String> hears) implements Event<Changed> {
    @Override
    public void fire(Changed changed) {
        hears.accept(changed.rollout());
    }

    @Override
    public <U extends Changed> CompletionStage<U> fireAsync(U changed) {
        throw new UnsupportedOperationException();
    }

    @Override
    public <U extends Changed> CompletionStage<U> fireAsync(
            U changed, NotificationOptions options) {
        throw new UnsupportedOperationException();
    }

    @Override
    public Event<Changed> select(Annotation... qualifiers) {
        throw new UnsupportedOperationException();
    }

    @Override
    public <U extends Changed> Event<U> select(Class<U> type, Annotation... qualifiers) {
        throw new UnsupportedOperationException();
    }

    @Override
    public <U extends Changed> Event<U> select(TypeLiteral<U> type, Annotation... qualifiers) {
        throw new UnsupportedOperationException();
    }
}
