// SPDX-License-Identifier: Apache-2.0
package dev.skein.agent.cli.fleet.audit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.skein.agent.cli.Skein;
import dev.skein.agent.cli.common.Output;
import dev.skein.engine.ClassResources;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Exports and proofs that an earlier build wrote are verified as they were. */
@Tag("quick")
class EarlierRecordTest {
    @TempDir Path folder;
    private final ByteArrayOutputStream said = new ByteArrayOutputStream();

    private static String text(String name) {
        return ClassResources.text(EarlierRecordTest.class, "written-before/" + name);
    }

    private String file(String name, String text) throws IOException {
        return Files.writeString(folder.resolve(name), text).toString();
    }

    private int verify(String file, String... more) {
        said.reset();
        var words = new ArrayList<>(List.of("audit", "verify", file));
        words.addAll(List.of("--key", text("key.txt").strip()));
        words.addAll(List.of(more));
        var out = new PrintStream(said, true, StandardCharsets.UTF_8);
        return Skein.run(Output.plain(out, out), words.toArray(String[]::new));
    }

    private String said() {
        return said.toString(StandardCharsets.UTF_8);
    }

    @Test
    void anExportIsIntactAndGrewFromItsCheckpoint() throws IOException {
        var record = file("record.jsonl", text("record.jsonl"));
        var monday = "--since=" + file("monday.txt", text("monday.txt"));
        assertThat(verify(record, "--whole")).as("%s", said()).isZero();
        assertThat(verify(record, monday)).as("%s", said()).isZero();
        assertThat(said()).contains("intact: all 35 entries, as signed in a log of 35");
        var other = text("monday.txt").replaceFirst("(?m)^15$", "14");
        assertThat(verify(record, "--since=" + file("other.txt", other))).isNotZero();
    }

    @Test
    void aProofOfAnEntryAndOneOfTheGrowthHold() throws IOException {
        assertThat(verify(file("entry.tlog-proof", text("entry.tlog-proof"))))
                .as("%s", said())
                .isZero();
        assertThat(said()).contains("entry 7, as signed in a log of 35 entries");
        var monday = "--since=" + file("monday.txt", text("monday.txt"));
        assertThat(verify(file("growth.txt", text("growth.txt")), monday)).isZero();
    }

    @Test
    void aByteOfItThatSomebodyChangedIsFound() throws IOException {
        var changed = text("record.jsonl").replaceFirst("\"seq\":3", "\"seq\":4");
        assertThat(changed).isNotEqualTo(text("record.jsonl"));
        assertThat(verify(file("record.jsonl", changed), "--whole")).isNotZero();
    }
}
