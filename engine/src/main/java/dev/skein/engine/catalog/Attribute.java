// SPDX-License-Identifier: Apache-2.0
package dev.skein.engine.catalog;

import java.util.List;

/** The names that attributes of a catalog's objects have, in canonical texts as well. */
public final class Attribute {
    public static final String ARGUMENTS = "arguments";
    public static final String CHECK = "check";
    public static final String COLLATION = "collation";
    public static final String COLUMN = "column";
    public static final String COLUMNS = "columns";
    public static final String COMMAND = "command";
    public static final String COMMENT = "comment";
    public static final String COMPRESSION = "compression";
    public static final String CTYPE = "ctype";
    public static final String DEFAULT = "default";
    public static final String DEFINITION = "definition";
    public static final String DETERMINISTIC = "deterministic";
    public static final String EVENT = "event";
    public static final String FOREIGN_OPTIONS = "foreign options";
    public static final String FUNCTION = "function";
    public static final String GENERATED = "generated";
    public static final String GRANTS = "grants";
    public static final String HANDLER = "handler";
    public static final String IDENTITY = "identity";
    public static final String IDENTITY_OPTIONS = "identity options";
    public static final String LABELS = "labels";
    public static final String LOCALE = "locale";
    public static final String MAPPINGS = "mappings";
    public static final String MEMBERS = "members";
    public static final String MODE = "mode";
    public static final String NOT_NULL = "not null";
    public static final String OPERATIONS = "operations";
    public static final String OPTIONS = "options";
    public static final String PARENTS = "parents";
    public static final String PARSER = "parser";
    public static final String PARTITION_BOUND = "partition bound";
    public static final String PARTITION_KEY = "partition key";
    public static final String PERSISTENCE = "persistence";
    public static final String PROVIDER = "provider";
    public static final String REPLICA_IDENTITY = "replica identity";
    public static final String RESULT = "result";
    public static final String ROLES = "roles";
    public static final String ROW_SECURITY = "row security";
    public static final String ROW_SECURITY_OF_THE_OWNER = "row security of the owner";
    public static final String SCHEMA = "schema";
    public static final String SERVER = "server";
    public static final String STATE = "state";
    public static final String STATISTICS = "statistics";
    public static final String STORAGE = "storage";
    public static final String TAGS = "tags";
    public static final String TARGET = "target";
    public static final String TYPE = "type";
    public static final String USING = "using";
    public static final String VALIDATOR = "validator";
    public static final String VALIDITY = "validity";
    public static final String VERSION = "version";
    public static final String VIA_ROOT = "via root";
    public static final String WRAPPER = "wrapper";

    /** What columns have, and attributes of composite types, in the order of the query. */
    static final List<String> OF_COLUMNS =
            List.of(
                    TYPE,
                    COLLATION,
                    NOT_NULL,
                    DEFAULT,
                    IDENTITY,
                    IDENTITY_OPTIONS,
                    GENERATED,
                    STORAGE,
                    COMPRESSION,
                    STATISTICS,
                    OPTIONS,
                    FOREIGN_OPTIONS);

    private Attribute() {}
}
