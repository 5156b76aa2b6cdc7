// SPDX-License-Identifier: Apache-2.0
package dev.skein.engine.lint.rules.design;

import dev.skein.engine.catalog.ObjectKind;
import dev.skein.engine.lint.LintLevel;
import dev.skein.engine.lint.StatementEffect;
import dev.skein.engine.lint.rules.support.RuleBase;
import java.util.List;
import java.util.Set;

/**
 * A name that has to be quoted for ever. The catalog's quotes say more than that: words that are
 * types or functions in other places are names without quotes, too.
 *
 * <p>Source: PostgreSQL documentation, SQL Key Words, "non-reserved (cannot be function or type)".
 */
public final class NameNeedsQuotes extends RuleBase {
    private static final Set<String> NEED_NONE =
            Set.of(
                    ("between bigint bit boolean char character coalesce dec decimal exists extract"
                         + " float greatest grouping inout int integer interval json json_array"
                         + " json_arrayagg json_exists json_object json_objectagg json_query"
                         + " json_scalar json_serialize json_table json_value least merge_action"
                         + " national nchar none normalize nullif numeric out overlay position"
                         + " precision real row setof smallint substring time timestamp treat trim"
                         + " values varchar xmlattributes xmlconcat xmlelement xmlexists xmlforest"
                         + " xmlnamespaces xmlparse xmlpi xmlroot xmlserialize xmltable")
                            .split(" "));

    public NameNeedsQuotes() {
        super("SK715", "name-needs-quotes", LintLevel.ADVICE);
    }

    @Override
    public void judge(StatementEffect effect, Found found) {
        for (var kind :
                List.of(
                        ObjectKind.TABLE,
                        ObjectKind.COLUMN,
                        ObjectKind.VIEW,
                        ObjectKind.SCHEMA,
                        ObjectKind.SEQUENCE)) {
            for (var item : effect.made(kind)) {
                if (needsQuotes(item.id().name())) {
                    found.tell(
                            item.id() + " has to be written with quotes, everywhere",
                            "A name of small letters, digits and underscores that is no reserved"
                                    + " word");
                }
            }
        }
    }

    private static boolean needsQuotes(String name) {
        int from = name.lastIndexOf(".\"") + 1;
        var own = name.substring(from);
        return own.endsWith("\"") && !NEED_NONE.contains(own.replace("\"", ""));
    }
}
