// SPDX-License-Identifier: Apache-2.0
package dev.skein.engine.nontransactional;

import dev.skein.engine.postgres.PgSession;
import dev.skein.engine.postgres.SqlLiterals;
import dev.skein.engine.script.TokenCursor;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/** ALTER TYPE … ADD VALUE: done when the type has the value, which nothing can take away. */
record AddValue(String type, String value) implements NonTransactionalForm {
    private static final String THERE = "there";

    static Optional<NonTransactionalForm> of(TokenCursor words) {
        if (!words.take("ALTER", "TYPE")) {
            return Optional.empty();
        }
        var type = words.name();
        if (!words.take("ADD", "VALUE")) {
            return Optional.empty();
        }
        words.take("IF", "NOT", "EXISTS");
        return words.string().map(value -> new AddValue(String.join(".", type), value));
    }

    @Override
    public Map<String, String> before(PgSession session) {
        return isThere(session) ? Map.of(THERE, "yes") : Map.of();
    }

    @Override
    public Finding observe(PgSession session, Map<String, String> before) {
        return isThere(session) && !before.containsKey(THERE) ? Finding.DONE : Finding.OPEN;
    }

    private boolean isThere(PgSession session) {
        return session.script(
                                "SELECT FROM pg_enum WHERE enumtypid = to_regtype("
                                        + SqlLiterals.text(type)
                                        + ") AND enumlabel = "
                                        + value,
                                Duration.ofMinutes(1))
                        .size()
                > 0;
    }
}
