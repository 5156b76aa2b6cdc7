// SPDX-License-Identifier: Apache-2.0
package dev.skein.faults.check;

import dev.skein.engine.postgres.PgSession;
import dev.skein.faults.work.TenantDatabases;
import dev.skein.faults.work.Violations;
import dev.skein.faults.world.StackUnderFaults;
import dev.skein.standalone.stack.StackHome;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** No password of the stack is in its logs, in what Kafka keeps, or in a database (I9). */
final class SecretCheck {
    private static final int LONGEST = 64;

    /** Columns that can hold a text, as it is or as bytes. */
    private static final String COLUMNS =
            """
            SELECT format('%I.%I', n.nspname, c.relname), format('%I', a.attname), a.atttypid = 'bytea'::regtype
            FROM pg_attribute a JOIN pg_class c ON c.oid = a.attrelid JOIN pg_namespace n ON n.oid = c.relnamespace
            WHERE c.relkind = 'r' AND n.nspname IN ('public', 'skein') AND a.attnum > 0 AND NOT a.attisdropped
                AND a.atttypid IN ('bytea'::regtype, 'text'::regtype, 'text[]'::regtype, 'jsonb'::regtype)
            """;

    private final StackUnderFaults world;
    private final StackHome home;
    private final Violations violations;
    private final Map<Path, Long> read = new HashMap<>();

    SecretCheck(StackUnderFaults world, Violations violations) {
        this.world = world;
        this.home = world.home();
        this.violations = violations;
    }

    /** Reads what was written since the last time, and whole databases. */
    void check() {
        try {
            var secrets = secrets();
            for (var database : List.of("skein_api", "skein_audit")) {
                inDatabase("control", database, secrets);
            }
            TenantDatabases.all()
                    .forEach(tenant -> inDatabase(tenant.site(), tenant.name(), secrets));
            for (var folder : List.of("log", "kafka")) {
                try (var files = Files.walk(home.data().resolve(folder))) {
                    for (var file : files.filter(SecretCheck::isRead).toList()) {
                        check(file, secrets);
                    }
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void inDatabase(String server, String database, Map<String, String> secrets) {
        try (var session = world.open(server, database)) {
            for (var column : session.query(COLUMNS)) {
                var place = column.getString(0) + "." + column.getString(1);
                for (var row : inColumn(session, column, secrets)) {
                    violations.add(
                            "I9",
                            "the secret %s is in %s, %s"
                                    .formatted(secrets.get(row.getString(0)), database, place));
                }
            }
        }
    }

    private static RowSet<Row> inColumn(
            PgSession session, Row column, Map<String, String> secrets) {
        var found =
                column.getBoolean(2)
                        ? "position(convert_to(s, 'UTF8') IN %s) > 0"
                        : "position(s IN %s::text) > 0";
        return session.query(
                "SELECT DISTINCT s FROM %s, unnest($1::text[]) s WHERE %s"
                        .formatted(column.getString(0), found.formatted(column.getString(1))),
                (Object) secrets.keySet().toArray(String[]::new));
    }

    private static boolean isRead(Path file) {
        return Files.isRegularFile(file)
                && !file.toString().endsWith("index")
                && !file.toString().endsWith(".deleted");
    }

    private Map<String, String> secrets() throws IOException {
        var secrets = new HashMap<String, String>();
        try (var files = Files.list(home.data().resolve("secret"))) {
            for (var file : files.filter(f -> !f.toString().contains("note")).toList()) {
                var text = Files.readString(file).strip();
                if (text.length() <= 2 * LONGEST && text.length() > 8) {
                    secrets.put(text, file.getFileName().toString());
                }
            }
        }
        return secrets;
    }

    private void check(Path file, Map<String, String> secrets) throws IOException {
        try {
            var text = unread(file);
            secrets.forEach((secret, name) -> {
                if (text.contains(secret)) {
                    violations.add("I9", "the secret " + name + " is in " + file);
                }
            });
        } catch (java.io.FileNotFoundException e) {
            read.remove(file); // Kafka has dropped it
        }
    }

    /** What was written since it was read, with as much before as a secret may begin in. */
    private String unread(Path file) throws IOException {
        long from = Math.max(0, read.getOrDefault(file, 0L) - 2L * LONGEST);
        try (var in = new RandomAccessFile(file.toFile(), "r")) {
            long length = in.length();
            if (length <= from) {
                return "";
            }
            in.seek(from);
            var bytes = new byte[(int) Math.min(Integer.MAX_VALUE / 2, length - from)];
            in.readFully(bytes);
            read.put(file, length);
            return new String(bytes, StandardCharsets.ISO_8859_1);
        }
    }
}
