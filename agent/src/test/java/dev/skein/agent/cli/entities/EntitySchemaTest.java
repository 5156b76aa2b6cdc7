// SPDX-License-Identifier: Apache-2.0
package dev.skein.agent.cli.entities;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@Tag("quick")
class EntitySchemaTest {
    private static final Path CLASSES = Path.of("target/test-classes");
    @TempDir Path folder;

    private static EntitySchema at(Path place, Map<String, String> settings) {
        return new EntitySchema(List.of(place), settings);
    }

    @Test
    void entitiesBecomeTables() {
        var sql = at(CLASSES, Map.of()).sql(15);
        assertThat(sql)
                .contains("create table customer")
                .contains("create table Purchase")
                .contains("mailAddress varchar(255) not null unique")
                .contains("add constraint")
                .contains("references customer")
                .contains("create sequence Purchase_SEQ");
    }

    @Test
    void namesAreAsTheApplicationWritesThem() {
        var naming =
                Map.of(
                        "hibernate.physical_naming_strategy",
                        "org.hibernate.boot.model.naming.PhysicalNamingStrategySnakeCaseImpl");
        assertThat(at(CLASSES, naming).sql(15)).contains("mail_address varchar(255)");
    }

    @Test
    void whatDoesNotLoadIsNamed() throws IOException {
        var none = folder.resolve("none");
        assertThatThrownBy(() -> at(none, Map.of()).sql(15)).hasMessageContaining("no such jar");
        assertThatThrownBy(() -> at(folder, Map.of()).sql(15))
                .hasMessageContaining("no class there is an @Entity");
        var jar = folder.resolve("broken.jar");
        Files.writeString(jar, "no jar");
        assertThatThrownBy(() -> at(jar, Map.of()).sql(15)).hasMessageContaining("cannot be read");
        var strange = Map.of("hibernate.physical_naming_strategy", "no.such.Strategy");
        assertThatThrownBy(() -> at(CLASSES, strange).sql(15))
                .hasMessageContaining("no.such.Strategy");
    }
}
