// SPDX-License-Identifier: Apache-2.0
package dev.skein.agent.cli.convert;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A folder of SQL files in the order of their names: pairs {@code 1_words.up.sql} and {@code
 * 1_words.down.sql} (golang-migrate), files with {@code -- migrate:up} and {@code -- migrate:down}
 * (dbmate) or {@code -- +goose Up} and {@code -- +goose Down}, or plain ones without a way back.
 */
final class PlainFolder {
    private static final Pattern NAME = Pattern.compile("(?<id>[^_.]+)(?:_(?<words>.*?))?");
    private static final Pattern MARK =
            Pattern.compile(
                    "^--\\s*(?:migrate:|\\+(?:goose|migrate)\\s+)(\\S+)(.*)$",
                    Pattern.CASE_INSENSITIVE);

    private PlainFolder() {}

    static List<Foreign> read(Path folder) {
        var files = new ArrayList<>(Texts.files(folder, "(?!.*\\.(down|undo)\\.sql$).*\\.sql"));
        files.removeIf(f -> f.toString().matches("(.*/)?down/[^/]*"));
        files.sort(Comparator.comparingLong(PlainFolder::number).thenComparing(Path::toString));
        var found = new ArrayList<Foreign>();
        String parent = null;
        var ids = new HashSet<String>();
        for (var file : files) {
            var next = one(file, parent, ids);
            found.add(next);
            parent = next.id();
        }
        if (found.isEmpty()) {
            throw Texts.nothing(folder, "1_words.up.sql");
        }
        return found;
    }

    private static String stem(Path file) {
        return String.valueOf(file.getFileName()).replaceFirst("(\\.up)?\\.sql$", "");
    }

    /** The leading number, if there is one, so that 9 stands before 10. */
    private static long number(Path file) {
        var m = Pattern.compile("\\d{1,18}").matcher(stem(file));
        return m.lookingAt() ? Long.parseLong(m.group()) : Long.MAX_VALUE;
    }

    private static Foreign one(Path file, @Nullable String parent, Set<String> ids) {
        var m = NAME.matcher(stem(file));
        var number = Texts.id(m.matches() ? m.group("id") : stem(file));
        var numbered = !number.isEmpty() && Character.isDigit(number.charAt(0));
        var id = numbered && ids.add(number) ? number : Texts.id(stem(file));
        var words = m.matches() && m.group("words") != null ? Texts.words(m.group("words")) : "";
        var text = Texts.read(file);
        for (var end : new String[] {".down.sql", ".undo.sql"}) {
            var pair = Path.of(file.toString().replaceFirst("(\\.up)?\\.sql$", end));
            if (Files.exists(pair)) {
                return Foreign.after(parent, id, words, text, Texts.read(pair), true);
            }
        }
        var other = Path.of(file.toString().replaceFirst("(^|/)up/([^/]*)$", "$1down/$2"));
        if (!other.equals(file) && Files.exists(other)) {
            return Foreign.after(parent, id, words, text, Texts.read(other), true);
        }
        return marked(parent, id, words, text);
    }

    private static Foreign marked(@Nullable String parent, String id, String words, String text) {
        var up = new StringBuilder();
        var down = new StringBuilder();
        boolean marks = false;
        boolean alone = false;
        var into = up;
        for (var line : text.split("\n", -1)) {
            var m = MARK.matcher(line.strip());
            if (!m.matches()) {
                into.append(line).append('\n');
                continue;
            }
            marks = true;
            var mark = m.group(1).toLowerCase(Locale.ROOT);
            into = mark.equals("down") ? down : mark.equals("up") ? up : into;
            var rest = (mark + m.group(2)).toLowerCase(Locale.ROOT);
            alone |= rest.contains("transaction:false") || rest.contains("no transaction");
        }
        var back = marks ? down.toString() : null;
        return Foreign.after(parent, id, words, up.toString(), back, !alone);
    }
}
