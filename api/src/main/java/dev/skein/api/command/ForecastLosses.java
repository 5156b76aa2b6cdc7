// SPDX-License-Identifier: Apache-2.0
package dev.skein.api.command;

import dev.skein.api.command.RollbackForecasts.Loss;
import dev.skein.api.store.RequestStore;
import dev.skein.engine.event.Reply;
import java.util.List;
import java.util.TreeMap;

/** Adds up what agents have counted in their databases. */
final class ForecastLosses {
    private ForecastLosses() {}

    /** What would be lost, by table and column. */
    static List<Loss> of(List<RequestStore.Asked> answers) {
        var bySubject = new TreeMap<String, Loss>();
        for (var answer : answers) {
            if (answer.told() instanceof Reply.Estimated estimated) {
                for (var loss : estimated.losses()) {
                    if (loss.rows() > 0) {
                        bySubject.merge(
                                loss.subject(),
                                new Loss(loss.subject(), loss.rows(), loss.exact(), 1),
                                ForecastLosses::sum);
                    }
                }
            }
        }
        return List.copyOf(bySubject.values());
    }

    private static Loss sum(Loss a, Loss b) {
        return new Loss(
                a.subject(),
                a.rows() + b.rows(),
                a.exact() && b.exact(),
                a.databases() + b.databases());
    }
}
