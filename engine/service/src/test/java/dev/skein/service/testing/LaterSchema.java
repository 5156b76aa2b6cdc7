// SPDX-License-Identifier: Apache-2.0
package dev.skein.service.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.skein.engine.embed.Migrations;
import dev.skein.engine.postgres.DatabaseAddress;
import dev.skein.engine.postgres.PgClient;
import dev.skein.engine.testing.TestDatabase;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import java.util.function.BiConsumer;
import java.util.regex.Pattern;

/** A service that is older than its database says so, and changes nothing. */
public final class LaterSchema {
    private static final String LATER =
            """
            --@ revision: later0001
            --@ revises: NEWEST
            --@ message: of a later version

            --@ upgrade
            CREATE TABLE later (id bigint);

            --@ downgrade
            DROP TABLE later;
            """;

    /** A revision's file: when it was made, its id, what it is about. */
    private static final Pattern NAME = Pattern.compile("\\d+_([a-z]+\\d+)_.*");

    private final Class<?> schema;
    private final BiConsumer<PgClient, DatabaseAddress> apply;

    /**
     * @param schema the class beside whose resources the service's revisions are
     * @param apply what the service does with them when it starts
     */
    public LaterSchema(Class<?> schema, BiConsumer<PgClient, DatabaseAddress> apply) {
        this.schema = schema;
        this.apply = apply;
    }

    /**
     * Requires that a later schema is refused.
     *
     * @param folder an empty one
     */
    public void isRefused(TestDatabase database, Path folder) throws Exception {
        apply.accept(database.client(), database.address());
        apply.accept(database.client(), database.address()); // its own again
        write(folder);
        Migrations.in(folder).over(database.client()).upgrade(database.address(), "heads");
        assertThatThrownBy(() -> apply.accept(database.client(), database.address()))
                .hasMessageContaining("it is at later0001")
                .hasMessageContaining("only a later version of this service knows")
                .hasMessageContaining("Start that version")
                .hasMessageNotContaining("purge");
        assertThat(database.value("SELECT to_regclass('later')")).isEqualTo("later");
        Migrations.in(folder).over(database.client()).upgrade(database.address(), "heads");
    }

    /** The revisions of a later version. */
    private void write(Path folder) throws IOException, URISyntaxException {
        var own = Path.of(Objects.requireNonNull(schema.getResource("/revisions")).toURI());
        var newest = "";
        try (var files = Files.list(own)) {
            for (var file : files.sorted().toList()) {
                var name = String.valueOf(file.getFileName());
                Files.copy(file, folder.resolve(name));
                newest = NAME.matcher(name).replaceFirst("$1");
            }
        }
        Files.writeString(
                folder.resolve("20991231000000_later0001_later.sql"),
                LATER.replace("NEWEST", newest));
    }
}
