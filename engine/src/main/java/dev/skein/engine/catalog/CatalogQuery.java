// SPDX-License-Identifier: Apache-2.0
package dev.skein.engine.catalog;

import dev.skein.engine.ClassResources;
import dev.skein.engine.postgres.SqlLiterals;
import io.vertx.sqlclient.Row;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * The queries over a catalog: of a whole database, or of one schema in it. In a schema, names are
 * printed without it, so that tenants who have the same objects have the same fingerprint.
 */
public final class CatalogQuery {
    private static final String MEMBER_STAMP =
            """
            UNION ALL SELECT count(*), bit_xor(hashtextextended(ctid::text || xmin::text, 0))
            FROM pg_publication_namespace
            """;

    /** An expression for the fingerprint of the catalog that the session keeps; NULL for none. */
    public static final String KEPT_FINGERPRINT = KeptText.FINGERPRINT;

    private static final Map<Integer, CatalogQuery> WHOLE = new ConcurrentHashMap<>();
    private static final Map<Integer, CatalogQuery> EVERYTHING = new ConcurrentHashMap<>();

    private final String path;
    private final CatalogItems template;
    private final String items;
    private volatile @Nullable Known last;

    /**
     * @param template the items of any version that can be read
     */
    private CatalogQuery(String path, CatalogItems template) {
        this.path = path;
        this.template = template;
        this.items = items(template, Fingerprint.FORMAT);
    }

    private static String items(CatalogItems template, int format) {
        return in(template, format).sql();
    }

    private static CatalogItems in(CatalogItems template, int format) {
        var copies = String.valueOf(Fingerprint.passesOverCopies(format));
        var besides = String.valueOf(Fingerprint.seesWhatStandsBesides(format));
        return template.with(text -> text.replace(":copies", copies).replace(":besides", besides));
    }

    /**
     * Over a journal's target. Partitions count as part of the table that they are partitions of,
     * since those who manage them add and drop them daily; what one has of its own counts.
     *
     * @param target a schema; empty for the whole database
     * @param major the server's major version
     */
    public static CatalogQuery of(String target, int major) {
        return target.isEmpty()
                ? WHOLE.computeIfAbsent(major, known -> database(known, false))
                : schema(target, major);
    }

    /** Over the whole database, with every partition as a table of its own. */
    public static CatalogQuery everything(int major) {
        return EVERYTHING.computeIfAbsent(major, known -> database(known, true));
    }

    private static CatalogQuery database(int major, boolean partitions) {
        return new CatalogQuery(
                "pg_catalog",
                CatalogItems.TEMPLATE.with(
                        text -> CatalogPlaceholders.database(text, major, partitions)));
    }

    private static CatalogQuery schema(String target, int major) {
        return new CatalogQuery(
                "pg_catalog, " + SqlLiterals.name(target),
                CatalogItems.TEMPLATE.with(
                        text -> CatalogPlaceholders.schema(text, target, major)));
    }

    /** A statement that sets what changes how the server prints definitions, before reading. */
    public String pins() {
        return PrintingSettings.with(path);
    }

    /** One row with one text: the fingerprint. Needs {@link #pins} in force. */
    public String fingerprint() {
        return "%sSELECT %s FROM full_item"
                .formatted(items, FingerprintSql.hash(FingerprintSql.TEXT));
    }

    /** The same as an older version makes it that can be read. */
    public String fingerprint(int format) {
        return "%sSELECT %s FROM full_item%s"
                .formatted(
                        items(template, format),
                        FingerprintSql.hash(format, FingerprintSql.TEXT),
                        FingerprintSql.which(format));
    }

    /** The same, and the session keeps the text that it is of. Needs {@link #pins} in force. */
    public String fingerprintAndKeep() {
        return fingerprintAndKeep(Fingerprint.FORMAT, Fingerprint.FORMAT);
    }

    /**
     * The same of a version, beside the text of the present one.
     *
     * @param older another version; the column {@code untold} says how many of the objects it does
     *     not tell of
     */
    String fingerprintAndKeep(int format, int older) {
        var lacking = FingerprintSql.lacking(older);
        return """
        %s, whole(text) AS MATERIALIZED (SELECT %s FROM full_item%s) \
        SELECT %s, length(set_config(%s, '=' || text, false)), \
        (SELECT count(*) FROM full_item WHERE %s) AS untold FROM whole\
        """
                .formatted(
                        items(template, format),
                        FingerprintSql.TEXT,
                        FingerprintSql.which(format),
                        FingerprintSql.hash(format, "text"),
                        SqlLiterals.text(KeptText.name(format)),
                        lacking.isEmpty() ? "false" : "kind IN (" + lacking + ")");
    }

    /**
     * A statement that lets the transaction keep the catalog's text after statements that are
     * known: it leaves rare kinds out that they cannot have made, and keeps nothing where the
     * database has some all the same. On a new connection, where every catalog is read for the
     * first time, that takes half the time. Needs {@link #pins} in force.
     *
     * @param words that the statements have, in upper case
     */
    public String keepAfter(Set<String> words) {
        var known = known(words);
        var whole = text(known.items());
        return KeptText.keeping(
                known.others().isEmpty()
                        ? whole
                        : "(CASE WHEN " + known.anyOther() + " THEN NULL ELSE " + whole + " END)");
    }

    /** The same after any statements. */
    public String keep() {
        return KeptText.keeping(text(items));
    }

    /** An expression: whether {@link #keepAfter} would keep nothing. */
    public String misses(Set<String> words) {
        return known(words).anyOther();
    }

    private static String text(String items) {
        return "(%sSELECT %s FROM full_item)".formatted(items, FingerprintSql.TEXT);
    }

    /**
     * The items without rare kinds.
     *
     * @param words that the statements have
     * @param others each a condition: whether the database has some of a kind that is left out
     */
    private record Known(Set<String> words, String items, List<String> others) {
        String anyOther() {
            return others.isEmpty() ? "false" : String.join(" OR ", others);
        }
    }

    /** The databases of a fleet are asked after the same statements. */
    private Known known(Set<String> words) {
        var known = last;
        if (known == null || !known.words().equals(words)) {
            known = knownAfter(words);
            last = known;
        }
        return known;
    }

    private Known knownAfter(Set<String> words) {
        var others =
                template.rare().stream()
                        .filter(kind -> !kind.madeBy(words))
                        .map(CatalogItems.Kind::exists)
                        .toList();
        var made = template.without(kind -> !kind.madeBy(words));
        return new Known(Set.copyOf(words), items(made, Fingerprint.FORMAT), others);
    }

    /** One row: whether the database may have some of each of the rare kinds. */
    String rareKinds() {
        return template.rare().stream()
                .map(CatalogItems.Kind::exists)
                .collect(Collectors.joining(", ", "SELECT ", ""));
    }

    /** Whether a database may have partitions, by what {@link #rareKinds} answered. */
    boolean hasPartitions(Row there) {
        return there(there).stream().anyMatch(CatalogItems.Kind::ofPartitions);
    }

    /** Every item of the rare kinds that a database may have, as {@link #list} gives them. */
    String listRare(Row there) {
        var kinds = there(there);
        return new CatalogQuery(path, template.only(kinds)).list();
    }

    private List<CatalogItems.Kind> there(Row there) {
        var rare = template.rare();
        return IntStream.range(0, rare.size())
                .filter(there::getBoolean)
                .mapToObj(rare::get)
                .toList();
    }

    /**
     * The query without the rare kinds that a database lacks, which takes half the time. It says
     * the same in the snapshot that was asked.
     *
     * @param there what {@link #rareKinds} answered
     */
    CatalogQuery over(Row there) {
        var kinds = there(there);
        return new CatalogQuery(path, template.without(kind -> !kinds.contains(kind)));
    }

    /** Every item; its attributes as one text. Needs {@link #pins} in force. */
    String list() {
        return """
        %sSELECT kind, relation, name, class::oid::bigint, id::bigint, sub, attributes::text,
            quote_ident(current_user)
        FROM full_item
        """
                .formatted(items);
    }

    /** One row with one text: the {@link CatalogReader#stamp}. */
    static String stamp(int major) {
        return ClassResources.text(CatalogQuery.class, "stamp.sql")
                .replace(
                        ":published",
                        CatalogPlaceholders.publishesSchemas(major) ? MEMBER_STAMP : "");
    }

    /** What is attached. */
    static String attached() {
        return ClassResources.text(CatalogQuery.class, "attached.sql");
    }

    /** What needs what, by places in the catalogs. */
    static String needs() {
        return ClassResources.text(CatalogQuery.class, "needs.sql");
    }
}
