// SPDX-License-Identifier: Apache-2.0
package dev.skein.engine.execute;

import io.vertx.core.Future;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Session settings that a script left behind. They are reset, and the step is reported. */
final class LeftSettings {
    static final String QUERY = "SELECT name FROM pg_settings WHERE source = 'session' ORDER BY 1";

    private static final Duration BOUND = Duration.ofMinutes(1);

    private LeftSettings() {}

    static List<String> read(StepContext context, Future<RowSet<Row>> answer) {
        var names = new ArrayList<String>();
        context.session().await(answer, BOUND).forEach(row -> names.add(row.getString(0)));
        return names;
    }

    static void refuse(StepContext context, List<String> left) {
        if (left.isEmpty()) {
            return;
        }
        context.session().script("RESET ALL; RESET ROLE", BOUND);
        throw context.failures()
                .of(
                        0,
                        context.section().line(),
                        Failures.LEFT_SETTING,
                        "it is applied, but changed the session's " + String.join(", ", left),
                        "They are reset. Write SET LOCAL, or set_config(…, true)");
    }
}
