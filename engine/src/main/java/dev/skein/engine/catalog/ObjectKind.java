// SPDX-License-Identifier: Apache-2.0
package dev.skein.engine.catalog;

import java.util.ArrayList;
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
    EXTENSION(Attribute.SCHEMA, Attribute.VERSION),
    COLLATION(Attribute.PROVIDER, Attribute.LOCALE, Attribute.CTYPE, Attribute.DETERMINISTIC),
    ENUM_TYPE(Attribute.LABELS),
    DOMAIN(Attribute.TYPE, Attribute.COLLATION, Attribute.NOT_NULL, Attribute.DEFAULT),
    DOMAIN_CONSTRAINT(Attribute.DEFINITION),
    RANGE_TYPE(Attribute.DEFINITION),
    COMPOSITE_TYPE(),
    ATTRIBUTE(Attribute.OF_COLUMNS),
    SEQUENCE(Attribute.TYPE, Attribute.OPTIONS, Attribute.PERSISTENCE),
    FOREIGN_DATA_WRAPPER(Attribute.HANDLER, Attribute.VALIDATOR, Attribute.OPTIONS),
    SERVER(Attribute.WRAPPER, Attribute.TYPE, Attribute.VERSION, Attribute.OPTIONS),
    TABLE(
            Attribute.PARTITION_KEY,
            Attribute.PARTITION_BOUND,
            Attribute.PARENTS,
            Attribute.PERSISTENCE,
            Attribute.ROW_SECURITY,
            Attribute.ROW_SECURITY_OF_THE_OWNER,
            Attribute.REPLICA_IDENTITY,
            Attribute.OPTIONS),
    /** What a partition has of its own, where it is no table of its own. */
    PARTITION(
            Attribute.PERSISTENCE,
            Attribute.ROW_SECURITY,
            Attribute.ROW_SECURITY_OF_THE_OWNER,
            Attribute.REPLICA_IDENTITY,
            Attribute.OPTIONS),
    FOREIGN_TABLE(Attribute.SERVER, Attribute.OPTIONS),
    COLUMN(Attribute.OF_COLUMNS),
    /** In what an inherited column is not as its parent's. */
    INHERITED_COLUMN(
            Attribute.NOT_NULL,
            Attribute.DEFAULT,
            Attribute.STORAGE,
            Attribute.COMPRESSION,
            Attribute.STATISTICS,
            Attribute.OPTIONS),
    SEQUENCE_OWNER(Attribute.COLUMN),
    CONSTRAINT(Attribute.DEFINITION),
    VIEW(Attribute.DEFINITION, Attribute.OPTIONS, Attribute.COLUMNS),
    MATERIALIZED_VIEW(Attribute.DEFINITION, Attribute.OPTIONS, Attribute.COLUMNS),
    FUNCTION(Attribute.DEFINITION, Attribute.RESULT, Attribute.ARGUMENTS),
    PROCEDURE(Attribute.DEFINITION, Attribute.RESULT, Attribute.ARGUMENTS),
    AGGREGATE(Attribute.DEFINITION, Attribute.RESULT, Attribute.ARGUMENTS),
    INDEX(Attribute.DEFINITION, Attribute.VALIDITY),
    STATISTICS(Attribute.DEFINITION, Attribute.TARGET),
    TRIGGER(Attribute.DEFINITION, Attribute.STATE),
    /** The server's own triggers behind a key, where somebody disabled them. */
    CONSTRAINT_TRIGGER(Attribute.STATE),
    RULE(Attribute.DEFINITION, Attribute.STATE),
    POLICY(Attribute.COMMAND, Attribute.MODE, Attribute.ROLES, Attribute.USING, Attribute.CHECK),
    OPERATOR(Attribute.DEFINITION),
    CAST(Attribute.DEFINITION),
    TEXT_SEARCH_DICTIONARY(Attribute.DEFINITION),
    TEXT_SEARCH_CONFIGURATION(Attribute.PARSER, Attribute.MAPPINGS),
    CONVERSION(Attribute.DEFINITION, Attribute.DEFAULT),
    EVENT_TRIGGER(Attribute.EVENT, Attribute.FUNCTION, Attribute.TAGS, Attribute.STATE),
    PUBLICATION(Attribute.MEMBERS, Attribute.OPERATIONS, Attribute.VIA_ROOT),
    DEFAULT_PRIVILEGES();

    /** The attribute that every kind has: what COMMENT ON said. */
    public static final String COMMENT = Attribute.COMMENT;

    /** The attribute that every kind has: who may do what, besides the owner, if not as usual. */
    public static final String GRANTS = Attribute.GRANTS;

    private static final Map<String, ObjectKind> BY_WORDS =
            Arrays.stream(values())
                    .collect(Collectors.toMap(ObjectKind::words, Function.identity()));

    @SuppressWarnings("ImmutableEnumChecker") // a copy that nobody can change
    private final List<String> attributes;

    ObjectKind(String... attributes) {
        this(List.of(attributes));
    }

    ObjectKind(List<String> attributes) {
        var names = new ArrayList<>(attributes);
        names.add(Attribute.COMMENT);
        names.add(Attribute.GRANTS);
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
