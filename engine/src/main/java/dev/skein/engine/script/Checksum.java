// SPDX-License-Identifier: Apache-2.0
package dev.skein.engine.script;

import dev.skein.engine.Digests;
import java.nio.charset.StandardCharsets;

/**
 * The checksum of a revision: SHA-256 over its canonical header and sections. Line ends and blanks
 * at line ends do not count; everything the server would see does.
 */
final class Checksum {
    private Checksum() {}

    static String of(Script draft) {
        return Digests.hex(Digests.sha256(canonical(draft).getBytes(StandardCharsets.UTF_8)));
    }

    private static String canonical(Script s) {
        var text = new StringBuilder();
        text.append("revision ").append(s.id()).append('\n');
        text.append("revises ").append(String.join(" ", s.revision().revises())).append('\n');
        text.append("depends-on ").append(String.join(" ", s.revision().dependsOn())).append('\n');
        text.append("transaction ").append(s.transactional()).append('\n');
        if (s.batch() != null) {
            text.append("batch ").append(s.batch()).append('\n');
        }
        for (var section : s.sections()) {
            text.append("== ").append(section.getKey()).append('\n');
            section.getValue()
                    .sql()
                    .lines()
                    .forEach(l -> text.append(l.stripTrailing()).append('\n'));
        }
        return text.toString();
    }
}
