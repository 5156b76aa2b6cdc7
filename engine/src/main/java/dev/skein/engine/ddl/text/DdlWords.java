// SPDX-License-Identifier: Apache-2.0
package dev.skein.engine.ddl.text;

import dev.skein.engine.catalog.Attribute;
import dev.skein.engine.catalog.CatalogItem;
import dev.skein.engine.catalog.ItemId;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/** How objects are spoken of in SQL. */
public final class DdlWords {
    /** In bytes: the server cuts a longer name, at the end of a character, and says nothing. */
    static final int LONGEST_NAME = 63;

    private static final Pattern OPTION =
            Pattern.compile("((?:\"(?:[^\"]|\"\")+\")|[^\\s,]+) ('(?:[^']|'')*')");
    private static final Pattern LABEL = Pattern.compile("'(?:[^']|'')*'");

    private DdlWords() {}

    /** What follows DROP and COMMENT ON. */
    public static String reference(ItemId id) {
        return switch (id.kind()) {
            case ENUM_TYPE, RANGE_TYPE, COMPOSITE_TYPE -> "TYPE " + id.name();
            case COLUMN, INHERITED_COLUMN, ATTRIBUTE -> "COLUMN " + id.relation() + "." + id.name();
            case AGGREGATE -> "AGGREGATE " + id.name().replace("()", "(*)");
            case DOMAIN_CONSTRAINT -> "CONSTRAINT " + id.name() + " ON DOMAIN " + id.relation();
            case CONSTRAINT, TRIGGER, RULE, POLICY ->
                    word(id) + " " + id.name() + " ON " + id.relation();
            case PARTITION -> "TABLE " + id.name();
            default -> word(id) + " " + id.name();
        };
    }

    /** What follows ON in a grant. */
    static String granted(ItemId id) {
        return switch (id.kind()) {
            case SERVER -> "FOREIGN SERVER " + id.name();
            case VIEW, MATERIALIZED_VIEW, FOREIGN_TABLE, PARTITION -> "TABLE " + id.name();
            case COLUMN, INHERITED_COLUMN -> "TABLE " + id.relation();
            case AGGREGATE -> "FUNCTION " + id.name();
            case ENUM_TYPE, RANGE_TYPE -> "TYPE " + id.name();
            default -> word(id) + " " + id.name();
        };
    }

    private static String word(ItemId id) {
        return id.kind().words().toUpperCase(java.util.Locale.ROOT);
    }

    /** An object's definition as the server gives it, without what ends it there. */
    static String definition(CatalogItem item) {
        return item.text(Attribute.DEFINITION).strip().replaceAll(";$", "");
    }

    /** A name without its schema. */
    public static String bare(String name) {
        boolean quoted = false;
        int start = 0;
        for (int i = 0; i < name.length(); i++) {
            if (name.charAt(i) == '"') {
                quoted = !quoted;
            } else if (name.charAt(i) == '.' && !quoted) {
                start = i + 1;
            }
        }
        return name.substring(start);
    }

    /** A name with its schema, if it has one, and the dot. */
    public static String schema(String name) {
        return name.substring(0, name.length() - bare(name).length());
    }

    /** A name's parts as the server keeps them: folded or unquoted, and cut. */
    public static List<String> parts(String name) {
        var schema = schema(name);
        var parts = new ArrayList<String>();
        if (!schema.isEmpty()) {
            parts.addAll(parts(schema.substring(0, schema.length() - 1)));
        }
        var bare = bare(name);
        parts.add(cut(plain(bare), LONGEST_NAME));
        return parts;
    }

    /** What a name without its schema says. */
    static String plain(String bare) {
        if (bare.length() > 1 && bare.startsWith("\"") && bare.endsWith("\"")) {
            return bare.substring(1, bare.length() - 1).replace("\"\"", "\"");
        }
        var folded = new StringBuilder(bare.length());
        bare.chars().forEach(c -> folded.append((char) (c >= 'A' && c <= 'Z' ? c + 32 : c)));
        return folded.toString();
    }

    /** A name, or as much of its beginning as so many bytes hold. */
    static String cut(String plain, int bytes) {
        int end = plain.length();
        while (plain.substring(0, end).getBytes(StandardCharsets.UTF_8).length > bytes) {
            end = plain.offsetByCodePoints(end, -1);
        }
        return plain.substring(0, end);
    }

    /** The quoted labels of an enum. */
    static List<String> labels(CatalogItem item) {
        var labels = new ArrayList<String>();
        var matcher = LABEL.matcher(item.text(Attribute.LABELS));
        while (matcher.find()) {
            labels.add(matcher.group());
        }
        return labels;
    }

    /** OPTIONS of foreign objects: names with quoted values. */
    static Map<String, String> foreignOptions(String text) {
        var options = new LinkedHashMap<String, String>();
        var matcher = OPTION.matcher(text);
        while (matcher.find()) {
            options.put(matcher.group(1), matcher.group(2));
        }
        return options;
    }

    /** Storage options: names with their values, as the catalog lists them. */
    static Map<String, String> storageOptions(String text) {
        var options = new LinkedHashMap<String, String>();
        for (var one : text.isEmpty() ? new String[0] : text.split(", ")) {
            int is = one.indexOf('=');
            options.put(is < 0 ? one : one.substring(0, is), is < 0 ? "" : one.substring(is + 1));
        }
        return options;
    }
}
