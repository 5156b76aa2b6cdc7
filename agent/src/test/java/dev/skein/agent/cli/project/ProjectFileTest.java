// SPDX-License-Identifier: Apache-2.0
package dev.skein.agent.cli.project;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Tag("quick")
class ProjectFileTest {
    @TempDir Path folder;

    private ProjectFile read(String text) throws Exception {
        return ProjectFile.read(Files.writeString(folder.resolve("skein.yaml"), text));
    }

    @Test
    void readsDatabasesByName() throws Exception {
        var project =
                read(
                        "revisions: db\n"
                                + "databases:\n"
                                + "  dev:\n"
                                + "    url: postgresql://u@h/x\n"
                                + "    password: env:PW\n"
                                + "  ci:\n"
                                + "    url: postgresql://u@h/y\n"
                                + "default: dev\n");
        assertThat(project.revisions()).isEqualTo(folder.toAbsolutePath().resolve("db"));
        assertThat(project.defaultDatabase()).isEqualTo("dev");
        assertThat(project.databases()).containsOnlyKeys("dev", "ci");
        assertThat(read("databases:\n  a:\n    url: postgresql://h/x\n").defaultDatabase())
                .isEqualTo("a");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "revision: x | skein.yaml:1 | unknown key 'revision'; did you mean 'revisions'?",
                "databases:#  dev:#    uri: x | skein.yaml:3 | unknown key 'uri'",
                "databases:#  dev:#    url: mysql://x | skein.yaml:3 | key 'url'",
                "databases:#  dev:#    url: postgresql://u:hunter2@h/x | skein.yaml:3 | password:"
                        + " env:NAME",
                "databases: 7 | skein.yaml:1 | must be a mapping",
                "default: x | skein.yaml:1 | there is no database 'x'",
                "a: [ | skein.yaml: | ",
                "- a | skein.yaml | no mapping",
                "revisions: a#revisions: b | skein.yaml:2 | second time",
            })
    void namesFileLineAndKey(String row) {
        var columns = row.split(" \\| ", 3);
        assertThatThrownBy(() -> read(columns[0].replace('#', '\n')))
                .hasMessageContaining(columns[1])
                .hasMessageContaining(columns[2])
                .hasMessageNotContaining("hunter2");
    }
}
