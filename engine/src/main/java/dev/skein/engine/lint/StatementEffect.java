// SPDX-License-Identifier: Apache-2.0
package dev.skein.engine.lint;

import dev.skein.engine.catalog.Attribute;
import dev.skein.engine.catalog.CatalogDifference;
import dev.skein.engine.catalog.CatalogItem;
import dev.skein.engine.catalog.ItemId;
import dev.skein.engine.catalog.ObjectKind;
import dev.skein.engine.script.Script;
import dev.skein.engine.script.ScriptPiece;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** What one statement of a revision was seen to do. */
public final class StatementEffect {
    /** Keeps everybody away from a table. */
    public static final String EXCLUSIVE = "AccessExclusiveLock";

    private final Script script;
    private final ScriptPiece.Statement statement;
    private final CatalogSnapshot start;
    private final CatalogSnapshot before;
    private final CatalogSnapshot after;
    private final boolean refusedInside;
    private final List<CatalogDifference> differences;
    private final RetypedColumns retyped;
    private final ObjectTurnover turnover;
    private final ObservedTables tables;

    StatementEffect(
            Script script,
            ScriptPiece.Statement statement,
            CatalogSnapshot start,
            CatalogSnapshot before,
            CatalogSnapshot after,
            boolean refusedInside) {
        this.script = script;
        this.statement = statement;
        this.start = start;
        this.before = before;
        this.after = after;
        this.refusedInside = refusedInside;
        this.differences = CatalogDifference.between(before.catalog(), after.catalog());
        this.retyped = RetypedColumns.of(statement.sql());
        this.turnover = new ObjectTurnover(statement, before, after, differences, retyped);
        this.tables = new ObservedTables(start, before, after);
    }

    /** What a revision did from its beginning to the end of this statement. */
    StatementEffect fromStart() {
        var first = script.upgrade().statements().getFirst();
        return new StatementEffect(script, first, start, start, after, false);
    }

    public Script script() {
        return script;
    }

    public ScriptPiece.Statement statement() {
        return statement;
    }

    /** Whether the revision's transaction refused it; it was run behind it then. */
    public boolean isRefusedInside() {
        return refusedInside;
    }

    /** What is of a name after the statement; without attributes where there is no such thing. */
    public CatalogItem known(ObjectKind kind, String name) {
        var id = new ItemId(kind, "", name);
        var item = after.catalog().get(id);
        return item == null ? new CatalogItem(id, Map.of()) : item;
    }

    /** Every object of a kind that there is after the statement. */
    public List<CatalogItem> objects(ObjectKind kind) {
        return after.catalog().items().values().stream()
                .filter(item -> item.id().kind() == kind)
                .toList();
    }

    /** Everything that belongs to a relation after the statement. */
    public List<CatalogItem> members(String relation) {
        return after.catalog().members(relation);
    }

    /** Whether an object was there when the revision began. */
    public boolean isOld(ItemId id) {
        return start.catalog().get(id) != null;
    }

    /** Everything that it changed in the catalog. */
    public List<CatalogDifference> differences() {
        return differences;
    }

    /** Objects of a kind that it made, be it in the place of one with the same name. */
    public List<CatalogItem> made(ObjectKind kind) {
        return turnover.anew(kind, true).toList();
    }

    /** Objects of a kind that were there when the revision began, and that it removed. */
    public List<CatalogItem> gone(ObjectKind kind) {
        var old = start.identities();
        return turnover.anew(kind, false)
                .filter(item -> old.contains(before.identity(item.id())))
                .toList();
    }

    /** The columns to which it gives other values, made of nothing that they were. */
    public List<ItemId> blindlyRetyped() {
        return before.catalog().items().keySet().stream()
                .filter(id -> id.kind() == ObjectKind.COLUMN && retyped.blind().contains(id.name()))
                .filter(id -> isInUse(id.relation()) && tables.rewritten().contains(id.relation()))
                .toList();
    }

    /** What has the name of an object after the statement; null where nothing has. */
    public @Nullable CatalogItem successor(CatalogItem gone) {
        return after.catalog().get(gone.id());
    }

    /** Objects of a kind that it made or changed, as they are now. */
    public List<CatalogItem> now(ObjectKind kind) {
        return differences.stream()
                .filter(d -> d.id().kind() == kind && d.after() != null)
                .map(d -> Objects.requireNonNull(d.after()))
                .toList();
    }

    /** Objects of a kind that it changed in one attribute, and that are the same objects still. */
    public List<CatalogDifference> changed(ObjectKind kind, String attribute) {
        return differences.stream()
                .filter(d -> d.id().kind() == kind && d.attributes().contains(attribute))
                .filter(d -> turnover.isSame(d.id()))
                .toList();
    }

    /** Tables that a table is a partition or child of. */
    public List<String> parents(String table) {
        var item = known(ObjectKind.TABLE, table);
        return item.has(Attribute.PARENTS)
                ? List.of(item.text(Attribute.PARENTS).split(", "))
                : List.of();
    }

    /** What it did to tables in use. */
    public ObservedTables tables() {
        return tables;
    }

    /** Whether a table was there when the revision began, so that somebody may be using it. */
    public boolean isInUse(String table) {
        return tables.isInUse(table);
    }

    /** Whether an object is there after the statement. */
    public boolean isThere(ItemId id) {
        return after.catalog().get(id) != null;
    }
}
