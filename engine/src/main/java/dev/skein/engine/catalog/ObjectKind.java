// SPDX-License-Identifier: Apache-2.0
package dev.skein.engine.catalog;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * A kind of object in a catalog, with the names of its attributes in the order in which the
 * catalog's query gives them. Every kind has {@link #COMMENT} and {@link #GRANTS} after its own.
 */
public enum ObjectKind {
    SCHEMA(),
    EXTENSION("schema", "version"),
    COLLATION("provider", "locale", "ctype", "deterministic"),
    ENUM_TYPE("labels"),
    DOMAIN("type", "collation", "not null", "default"),
    DOMAIN_CONSTRAINT("definition"),
    RANGE_TYPE("definition"),
    COMPOSITE_TYPE(),
    ATTRIBUTE(ObjectKind.COLUMNS),
    SEQUENCE("type", "options", "persistence"),
    FOREIGN_DATA_WRAPPER("handler", "validator", "options"),
    SERVER("wrapper", "type", "version", "options"),
    TABLE(
            "partition key",
            "partition bound",
            "parents",
            "persistence",
            "row security",
            "row security of the owner",
            "replica identity",
            "options"),
    /** What a partition has of its own, where it is no table of its own. */
    PARTITION(
            "persistence",
            "row security",
            "row security of the owner",
            "replica identity",
            "options"),
    FOREIGN_TABLE("server", "options"),
    COLUMN(ObjectKind.COLUMNS),
    /** In what an inherited column is not as its parent's. */
    INHERITED_COLUMN("not null", "default", "storage", "compression", "statistics", "options"),
    SEQUENCE_OWNER("column"),
    CONSTRAINT("definition"),
    VIEW("definition", "options", "columns"),
    MATERIALIZED_VIEW("definition", "options", "columns"),
    FUNCTION("definition", "result", "arguments"),
    PROCEDURE("definition", "result", "arguments"),
    AGGREGATE("definition", "result", "arguments"),
    INDEX("definition", "validity"),
    STATISTICS("definition", "target"),
    TRIGGER("definition", "state"),
    /** The server's own triggers behind a key, where somebody disabled them. */
    CONSTRAINT_TRIGGER("state"),
    RULE("definition", "state"),
    POLICY("command", "mode", "roles", "using", "check"),
    OPERATOR("definition"),
    CAST("definition"),
    TEXT_SEARCH_DICTIONARY("definition"),
    TEXT_SEARCH_CONFIGURATION("parser", "mappings"),
    CONVERSION("definition", "default"),
    EVENT_TRIGGER("event", "function", "tags", "state"),
    PUBLICATION("members", "operations", "via root"),
    DEFAULT_PRIVILEGES();

    /** The attribute that every kind has: what COMMENT ON said. */
    public static final String COMMENT = "comment";

    /** The attribute that every kind has: who may do what, besides the owner, if not as usual. */
    public static final String GRANTS = "grants";

    private static final String COLUMNS =
            "type,collation,not null,default,identity,identity options,generated,storage,"
                    + "compression,statistics,options,foreign options";
    private static final Map<String, ObjectKind> BY_WORDS =
            Arrays.stream(values())
                    .collect(Collectors.toMap(ObjectKind::words, Function.identity()));

    @SuppressWarnings("ImmutableEnumChecker") // a copy that nobody can change
    private final List<String> attributes;

    ObjectKind(String... attributes) {
        var names = new java.util.ArrayList<String>();
        for (var some : attributes) {
            names.addAll(List.of(some.split(",")));
        }
        names.add("comment");
        names.add("grants"); // the constants are not yet there when the kinds are made
        this.attributes = List.copyOf(names);
    }

    /** The kind of a name as {@link #words} gives it. */
    static ObjectKind of(String words) {
        var kind = BY_WORDS.get(words);
        if (kind == null) {
            throw new IllegalArgumentException("unknown kind '" + words + "'");
        }
        return kind;
    }

    /** Its name for people, as in PostgreSQL's own words. */
    public String words() {
        return name().toLowerCase(Locale.ROOT).replace('_', ' ');
    }

    /** The names of its attributes. */
    public List<String> attributes() {
        return attributes;
    }
}
