// SPDX-License-Identifier: Apache-2.0
package dev.skein.engine.proof;

import dev.skein.engine.Json;
import dev.skein.engine.SkeinException;
import dev.skein.engine.proof.Verdict.Status;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** Reads the lines of an export, each as it was written. */
final class ExportParser {
    private final boolean needsWhole;
    private long lines;

    /**
     * @param needsWhole whether a part of a log will not do
     */
    ExportParser(boolean needsWhole) {
        this.needsWhole = needsWhole;
    }

    /** How many lines were read, the one that could not be with them. */
    long lines() {
        return lines;
    }

    /**
     * Reads the next line.
     *
     * @throws SkeinException if the first one begins no export
     */
    ExportLine next(byte[] text) {
        lines++;
        var entry = lines == 1 ? null : EntryLine.read(text);
        if (entry != null) {
            return entry;
        }
        var line = read(text);
        if (lines == 1) {
            begin(line);
        }
        var written = line.text().getBytes(StandardCharsets.UTF_8);
        if (!Arrays.equals(written, text) || !line.isOneKind()) {
            throw new VerificationEnded(Status.TAMPERED, "it is not as it was written");
        }
        return line;
    }

    private ExportLine read(byte[] text) {
        try {
            return Json.read(text, ExportLine.class);
        } catch (SkeinException e) {
            if (lines == 1) {
                throw SkeinException.usage("Export", "it is no export of a log", "Name another");
            }
            throw new VerificationEnded(Status.TAMPERED, "it cannot be read", true);
        }
    }

    private void begin(ExportLine line) {
        var format = line.skeinLog();
        if (format == null || format != ExportLine.FORMAT) {
            throw SkeinException.usage(
                    "Export",
                    "it is no export of format " + ExportLine.FORMAT,
                    "Name another file, or use a matching version of skein");
        }
        if (needsWhole && !Boolean.TRUE.equals(line.whole())) {
            throw SkeinException.usage(
                    "Export",
                    "it is a part of a log, which cannot be held against an earlier checkpoint",
                    "Export the whole log");
        }
    }
}
