// SPDX-License-Identifier: Apache-2.0
package dev.skein.engine.bundle;

import dev.skein.engine.Digests;
import dev.skein.engine.Json;
import dev.skein.engine.SkeinException;
import dev.skein.engine.script.MismatchedStatements;
import dev.skein.engine.script.RevisionFolder;
import dev.skein.engine.script.Script;
import dev.skein.engine.script.ScriptParser;
import dev.skein.engine.script.Scripts;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * An immutable set of revisions, named by its content: the digest is the SHA-256 of its bytes, and
 * the bytes are JSON with the files in the order of their names.
 */
public final class Bundle {
    /** The largest bundle, in bytes. */
    public static final int LIMIT = 32 * 1024 * 1024;

    /** The largest section of a revision in a bundle, in bytes. */
    public static final int SECTION_LIMIT = 1024 * 1024;

    private static final int FORMAT = 1;
    private static final String PREFIX = "sha256:";

    /** One revision file. */
    public record Item(String name, String text) {}

    /** The whole content as written. */
    record Content(int format, List<Item> files) {}

    private final byte[] bytes;
    private final String digest;
    private final Scripts scripts;

    private Bundle(byte[] bytes, Content content) {
        this.bytes = bytes;
        this.digest = PREFIX + Digests.hex(Digests.sha256(bytes));
        this.scripts = parse(content);
    }

    /**
     * Packs a folder of revisions.
     *
     * @throws SkeinException for a folder that cannot be read or holds wrong files
     */
    public static Bundle of(RevisionFolder folder) {
        var items = new ArrayList<Item>();
        for (var file : folder.files()) {
            items.add(new Item(file.getFileName().toString(), RevisionFolder.read(file)));
        }
        if (items.isEmpty()) {
            throw SkeinException.usage(
                    "Revisions folder " + folder.path(),
                    "there are no revisions in it",
                    "Write one: skein revision -m \"…\"");
        }
        return of(items);
    }

    /** Packs files. */
    public static Bundle of(List<Item> items) {
        var sorted = items.stream().sorted(Comparator.comparing(Item::name)).toList();
        var content = new Content(FORMAT, sorted);
        return new Bundle(checkSize(Json.bytes(content)), content);
    }

    /**
     * Reads a bundle that came from elsewhere.
     *
     * @param expected the digest it must have; null where there is no expectation
     * @throws SkeinException for other bytes than expected, or bytes that are no bundle
     */
    public static Bundle read(byte[] bytes, @Nullable String expected) {
        var digest = PREFIX + Digests.hex(Digests.sha256(checkSize(bytes)));
        if (expected != null && !expected.equals(digest)) {
            throw SkeinException.usage(
                    "Bundle " + expected,
                    "the content received has the digest " + digest,
                    "Push it again");
        }
        var content = content(bytes, digest);
        if (content.format() != FORMAT || content.files() == null || content.files().isEmpty()) {
            throw SkeinException.usage(
                    "Bundle " + digest,
                    "it is no bundle of format " + FORMAT,
                    "Push it with a matching version of skein");
        }
        return new Bundle(bytes.clone(), content);
    }

    private static Content content(byte[] bytes, String digest) {
        try {
            return Json.read(bytes, Content.class);
        } catch (SkeinException e) {
            throw SkeinException.usage(
                    "Bundle " + digest, "it cannot be read as one: " + e.found(), "Push it again");
        }
    }

    private static byte[] checkSize(byte[] bytes) {
        if (bytes.length > LIMIT) {
            throw SkeinException.usage(
                    "Bundle",
                    "it has " + bytes.length + " bytes, the limit is " + LIMIT,
                    "Move data out of the revisions");
        }
        return bytes;
    }

    private static Scripts parse(Content content) {
        var parsed = new ArrayList<Script>();
        for (var file : content.files()) {
            if (file == null || file.name() == null || file.text() == null) {
                throw SkeinException.usage("Bundle", "a file in it has no name or no text", "");
            }
            parsed.add(checkEntry(ScriptParser.parse(file.name(), file.text())));
        }
        return Scripts.of(parsed);
    }

    /** What a revision runs is a journal entry, and an entry must fit into one Kafka record. */
    private static Script checkEntry(Script script) {
        for (var section : List.of(script.upgrade(), script.downgrade())) {
            int size = section.sql().getBytes(StandardCharsets.UTF_8).length;
            if (size > SECTION_LIMIT) {
                throw SkeinException.usage(
                        script.file(),
                        "one section has "
                                + size
                                + " bytes, the limit in a fleet is "
                                + SECTION_LIMIT,
                        "Split the revision, or load the data another way");
            }
        }
        return script;
    }

    /**
     * Refuses to give away what must not run anywhere, and what names itself by what is no text.
     *
     * @throws SkeinException with file, and line where it is of one
     */
    public void refuseMisfits() {
        scripts.all().forEach(BundleTexts::check);
        scripts.all().forEach(MismatchedStatements::refuse);
    }

    /** {@code sha256:} and 64 hexadecimal digits. */
    public String digest() {
        return digest;
    }

    public byte[] bytes() {
        return bytes.clone();
    }

    public Scripts scripts() {
        return scripts;
    }
}
