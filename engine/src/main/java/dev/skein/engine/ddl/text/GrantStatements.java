// SPDX-License-Identifier: Apache-2.0
package dev.skein.engine.ddl.text;

import dev.skein.engine.catalog.CatalogItem;
import dev.skein.engine.catalog.ItemId;
import dev.skein.engine.catalog.ObjectKind;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Grants: who may do what to an object, besides its owner. */
public final class GrantStatements {
    private static final Pattern GRANT = Pattern.compile("(.+?) ([A-Z]+)( WITH GRANT OPTION)?");

    private GrantStatements() {}

    /** The statements from one object's grants to the other's. */
    public static List<DdlStatement> change(@Nullable CatalogItem before, CatalogItem after) {
        var old = before == null ? usual(after.id()) : of(before);
        var now = of(after);
        var statements = new ArrayList<DdlStatement>();
        for (var grant : old) {
            if (!now.contains(grant)) {
                statements.add(DdlStatement.of(sentence(after.id(), grant, false)));
            }
        }
        for (var grant : now) {
            if (!old.contains(grant)) {
                statements.add(DdlStatement.of(sentence(after.id(), grant, true)));
            }
        }
        return statements;
    }

    /** Back to what is usual, for what has no other way to go. */
    public static List<DdlStatement> reset(CatalogItem item) {
        return change(item, new CatalogItem(item.id(), java.util.Map.of()));
    }

    private static Set<String> of(CatalogItem item) {
        var text = item.get(ObjectKind.GRANTS);
        if (text == null) {
            return usual(item.id());
        }
        return text.isEmpty() ? Set.of() : new TreeSet<>(List.of(text.split(", ")));
    }

    private static Set<String> usual(ItemId id) {
        return switch (id.kind()) {
            case FUNCTION, PROCEDURE, AGGREGATE -> Set.of("PUBLIC EXECUTE");
            case ENUM_TYPE, DOMAIN, RANGE_TYPE -> Set.of("PUBLIC USAGE");
            case DEFAULT_PRIVILEGES -> usualByDefault(id);
            default -> Set.of();
        };
    }

    private static Set<String> usualByDefault(ItemId id) {
        if (!id.relation().isEmpty()) {
            return Set.of();
        }
        if (id.name().endsWith(" FUNCTIONS")) {
            return Set.of("PUBLIC EXECUTE");
        }
        return id.name().endsWith(" TYPES") ? Set.of("PUBLIC USAGE") : Set.of();
    }

    private static String sentence(ItemId id, String grant, boolean give) {
        var parts = GRANT.matcher(grant);
        if (!parts.matches()) {
            throw new IllegalArgumentException("grant '" + grant + "'");
        }
        var what = parts.group(2);
        if (id.kind() == ObjectKind.COLUMN || id.kind() == ObjectKind.INHERITED_COLUMN) {
            what += " (" + id.name() + ")";
        }
        var option = parts.group(3) == null ? "" : parts.group(3);
        if (id.kind() == ObjectKind.DEFAULT_PRIVILEGES) {
            return byDefault(id, what, parts.group(1), give, option);
        }
        return give
                ? "GRANT " + what + " ON " + DdlWords.granted(id) + " TO " + parts.group(1) + option
                : "REVOKE " + what + " ON " + DdlWords.granted(id) + " FROM " + parts.group(1);
    }

    private static String byDefault(
            ItemId id, String what, String grantee, boolean give, String option) {
        int blank = id.name().lastIndexOf(' ');
        var role = id.name().substring(0, blank);
        return "ALTER DEFAULT PRIVILEGES"
                + (role.equals("CURRENT_USER") ? "" : " FOR ROLE " + role)
                + (id.relation().isEmpty() ? "" : " IN SCHEMA " + id.relation())
                + (give ? " GRANT " : " REVOKE ")
                + what
                + " ON "
                + id.name().substring(blank + 1)
                + (give ? " TO " : " FROM ")
                + grantee
                + (give ? option : "");
    }
}
