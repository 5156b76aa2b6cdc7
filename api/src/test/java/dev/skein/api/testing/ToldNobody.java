// SPDX-License-Identifier: Apache-2.0
package dev.skein.api.testing;

import dev.skein.api.command.RolloutCommands.Changed;
import jakarta.enterprise.event.Event;
import jakarta.enterprise.event.NotificationOptions;
import jakarta.enterprise.util.TypeLiteral;
import java.lang.annotation.Annotation;
import java.util.concurrent.CompletionStage;

/** Where nobody is to hear of a change. */
final class ToldNobody implements Event<Changed> {
    @Override
    public void fire(Changed changed) {}

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
