// SPDX-License-Identifier: Apache-2.0
package dev.skein.agent.cli.convert.project;

import dev.skein.agent.cli.convert.source.ForeignMigration;
import dev.skein.agent.cli.convert.source.ForeignSource;
import dev.skein.agent.cli.convert.source.ForeignTexts;
import dev.skein.agent.cli.convert.source.ImportNotes;
import dev.skein.agent.cli.convert.source.TransactionMode;
import java.math.BigInteger;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A folder of SQL files: pairs {@code 1_words.up.sql} and {@code 1_words.down.sql} (golang-migrate,
 * sqlx), files with marks (goose, dbmate and others), folders {@code up} and {@code down}, a folder
 * {@code 1_words} with {@code up.sql} or {@code migration.sql} (Hasura, Prisma), or plain ones
 * without a way back. Ordered by the number that the name begins with; dbmate's and Prisma's by
 * name.
 */
final class SqlFileFolder {
    private static final Pattern BACK =
            Pattern.compile("(?<base>.+?)(?<by>[._-])(?:down|undo|rollback|revert)\\.sql");
    private static final Pattern FORTH = Pattern.compile("(?<base>.+?)[._-](?:up|do)\\.sql");

    /** Of golang-migrate and sqlx, of which each refuses two files of one version. */
    private static final Pattern GOLANG = Pattern.compile("\\d+_.*\\.up\\.sql");

    private static final Pattern SQL = Pattern.compile(".*\\.sql");
    private static final Pattern NUMBER = Pattern.compile("(?<id>\\d+)(?:[_.\\- ]+(?<words>.*))?");
    private static final Pattern PROGRAM =
            Pattern.compile("\\d+[_\\-.].*(?<!_test)\\.(?:go|js|ts|py|rb|php|java|exs)");
    private static final Pattern NO_TRANSACTION =
            Pattern.compile("\\s*--\\s*no-transaction\\b(?s:.*)");

    /**
     * A migration that was found.
     *
     * @param name what it is ordered by
     */
    private record Item(
            String name, ForeignMigration migration, boolean byName, boolean isKnownTool) {
        /** The leading number; so 9 stands before 10. */
        BigInteger number() {
            var m = NUMBER.matcher(name);
            return m.matches() ? new BigInteger(m.group("id")) : BigInteger.ZERO;
        }

        boolean isNumbered() {
            return NUMBER.matcher(name).matches();
        }
    }

    private final ProjectFolder folder;
    private final ImportNotes notes;
    private final Map<Path, Path> backs = new HashMap<>();

    private SqlFileFolder(Path root, ImportNotes notes) {
        this.folder = ProjectFolder.of(root, 2);
        this.notes = notes;
    }

    static List<ForeignMigration> read(Path root, ImportNotes notes) {
        return new SqlFileFolder(root, notes).read();
    }

    private List<ForeignMigration> read() {
        var items = new ArrayList<Item>();
        var programs = folder.take(f -> isHere(f) && PROGRAM.matcher(name(f)).matches());
        pairs();
        for (var file : folder.take(this::isOne)) {
            items.add(item(file));
        }
        if (items.isEmpty()) {
            throw ForeignTexts.nothing(folder.root(), "1_words.up.sql");
        }
        programs.forEach(program -> items.add(program(program)));
        leaveOutUnnumbered(items);
        folder.tell(notes);
        return named(sorted(items));
    }

    private void leaveOutUnnumbered(List<Item> items) {
        var numbered = items.stream().anyMatch(Item::isNumbered);
        for (var item : List.copyOf(items)) {
            if (numbered && !item.isNumbered()) {
                items.remove(item);
                notes.add("no number begins its name, left out", item.migration().up().file());
            }
        }
    }

    private static List<Item> sorted(List<Item> items) {
        var read = items.stream().filter(i -> !i.migration().up().text().isEmpty()).toList();
        var byName = !read.isEmpty() && read.stream().allMatch(Item::byName);
        var order = Comparator.comparing(Item::name);
        return items.stream()
                .sorted(byName ? order : Comparator.comparing(Item::number).thenComparing(order))
                .toList();
    }

    /** Gives ids: the number where it is one migration's alone, else the whole name. */
    private static List<ForeignMigration> named(List<Item> items) {
        var byNumber = items.stream().collect(Collectors.groupingBy(Item::number));
        var found = new ArrayList<ForeignMigration>();
        for (var item : items) {
            var same = Objects.requireNonNull(byNumber.get(item.number()));
            if (same.size() > 1 && item.isNumbered() && same.stream().anyMatch(Item::isKnownTool)) {
                throw ForeignTexts.twice(
                        same.get(1).migration().up().file(), same.get(0).migration().up().file());
            }
            var m = NUMBER.matcher(item.name());
            var alone = m.matches() && same.size() == 1;
            found.add(
                    withId(item.migration(), alone ? m.group("id") : ForeignTexts.id(item.name())));
        }
        return found;
    }

    private static ForeignMigration withId(ForeignMigration f, String id) {
        return new ForeignMigration(
                id,
                f.revises(),
                f.dependsOn(),
                f.labels(),
                f.message(),
                f.created(),
                f.up(),
                f.down(),
                f.ran(),
                f.noSql());
    }

    private static String name(Path file) {
        return ProjectFolder.name(file);
    }

    private boolean isHere(Path file) {
        return folder.root().equals(file.getParent());
    }

    private static String home(Path file) {
        return name(Objects.requireNonNull(file.getParent()));
    }

    /** A file that goes forth: here, in up/, or the one of a migration's own folder. */
    private boolean isOne(Path file) {
        return SQL.matcher(name(file)).matches()
                && (isHere(file)
                        || home(file).equals("up")
                        || name(file).equals("up.sql")
                        || name(file).equals("migration.sql"));
    }

    /** Finds the files that lead back, each by what its way forth would be called. */
    private void pairs() {
        var bases =
                folder.files().stream()
                        .filter(f -> !BACK.matcher(name(f)).matches())
                        .collect(Collectors.toMap(this::base, Function.identity(), (a, b) -> a));
        for (var back : folder.take(f -> isBack(f, bases.keySet()))) {
            var m = BACK.matcher(name(back));
            var base = back.resolveSibling(m.matches() ? m.group("base") : "");
            if (bases.containsKey(base)) {
                backs.put(base, back);
            } else {
                notes.add("nothing that it would take back is there", back);
            }
        }
    }

    private static boolean isBack(Path file, Set<Path> bases) {
        var m = BACK.matcher(name(file));
        return m.matches()
                && (m.group("by").equals(".")
                        || bases.contains(file.resolveSibling(m.group("base"))));
    }

    private Path base(Path file) {
        var forth = FORTH.matcher(name(file));
        return file.resolveSibling(
                forth.matches() ? forth.group("base") : name(file).replaceFirst("\\.sql$", ""));
    }

    private Item item(Path file) {
        var own = !isHere(file) && !home(file).equals("up");
        var name = own ? home(file) : name(base(file));
        var source = source(file);
        var back = back(file, own);
        var marked = back == null ? MarkedFile.of(source, notes) : Optional.<MarkedFile>empty();
        return marked.map(m -> marked(name, m))
                .orElseGet(() -> {
                    var paired = back != null && !own;
                    return plain(name, source, paired, back == null ? null : source(back));
                });
    }

    private static Item marked(String name, MarkedFile m) {
        var ran = m.alone() ? TransactionMode.ALONE : TransactionMode.WRAPPED;
        return new Item(
                name,
                ForeignMigration.single("", words(name), m.up(), m.down(), ran),
                m.byName(),
                true);
    }

    private static Item plain(
            String name, ForeignSource source, boolean paired, @Nullable ForeignSource down) {
        var file = source.file();
        var pair = paired || GOLANG.matcher(name(file)).matches();
        var prisma = name(file).equals("migration.sql");
        var ran = pair ? TransactionMode.WRAPPED : TransactionMode.UNKNOWN;
        if (isAlone(source) || (down != null && isAlone(down))) {
            ran = TransactionMode.ALONE;
        }
        var migration = ForeignMigration.single("", words(name), source, down, ran);
        return new Item(name, migration, prisma, pair);
    }

    private ForeignSource source(Path file) {
        var source = ForeignSource.of(file);
        for (var action : GoTemplate.actions(source.text()).entrySet()) {
            notes.add(
                    "the placeholder "
                            + action.getKey()
                            + " stands there as it is; write its value in",
                    file,
                    action.getValue());
        }
        return source;
    }

    private static boolean isAlone(ForeignSource source) {
        return NO_TRANSACTION.matcher(source.text()).matches();
    }

    private @Nullable Path back(Path file, boolean own) {
        var pair = backs.get(base(file));
        if (pair != null) {
            return pair;
        }
        var other =
                own
                        ? file.resolveSibling("down.sql")
                        : folder.root().resolve("down").resolve(name(file));
        return folder.take(other) ? other : null;
    }

    private static String words(String name) {
        var m = NUMBER.matcher(name);
        return m.matches() && m.group("words") != null ? ForeignTexts.words(m.group("words")) : "";
    }

    private static Item program(Path file) {
        var name = name(file).replaceFirst("\\.\\w+$", "");
        return new Item(
                name,
                ForeignMigration.program(
                        "",
                        words(name),
                        ForeignSource.of(file),
                        "it is a program, and its SQL is known to the other tool alone"),
                false,
                true);
    }
}
