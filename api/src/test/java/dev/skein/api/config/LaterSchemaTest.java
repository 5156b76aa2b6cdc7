// SPDX-License-Identifier: Apache-2.0
package dev.skein.api.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.skein.api.testing.OnApiDatabase;
import dev.skein.engine.embed.Migrations;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A service that is older than its database says so, and changes nothing. */
class LaterSchemaTest extends OnApiDatabase {
    private static final String LATER =
            """
            --@ revision: later0001
            --@ revises: api0019
            --@ message: of a later version

            --@ upgrade
            CREATE TABLE later (id bigint);

            --@ downgrade
            DROP TABLE later;
            """;

    @TempDir Path folder;

    /** The revisions of a later version. */
    private Migrations later() throws Exception {
        var own = Path.of(Objects.requireNonNull(Schema.class.getResource("/revisions")).toURI());
        try (var files = Files.list(own)) {
            for (var file : files.toList()) {
                Files.copy(file, folder.resolve(String.valueOf(file.getFileName())));
            }
        }
        Files.writeString(folder.resolve("20991231000000_later0001_later.sql"), LATER);
        return Migrations.in(folder).over(database.client());
    }

    @Test
    void aDatabaseOfALaterVersionIsRefusedAndLeftAsItIs() throws Exception {
        Schema.apply(database.client(), database.address());
        Schema.apply(database.client(), database.address()); // its own again
        later().upgrade(database.address(), "heads");
        assertThatThrownBy(() -> Schema.apply(database.client(), database.address()))
                .hasMessageContaining("it is at later0001")
                .hasMessageContaining("only a later version of this service knows")
                .hasMessageContaining("Start that version")
                .hasMessageNotContaining("purge");
        assertThat(database.value("SELECT to_regclass('later')")).isEqualTo("later");
        Migrations.in(folder).over(database.client()).upgrade(database.address(), "heads");
    }
}
