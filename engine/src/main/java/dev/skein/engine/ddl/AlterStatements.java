// SPDX-License-Identifier: Apache-2.0
package dev.skein.engine.ddl;

import dev.skein.engine.catalog.Attribute;
import dev.skein.engine.catalog.Catalog;
import dev.skein.engine.catalog.CatalogItem;
import dev.skein.engine.catalog.ObjectKind;
import dev.skein.engine.ddl.text.CommentStatements;
import dev.skein.engine.ddl.text.DdlStatement;
import dev.skein.engine.ddl.text.DomainStatements;
import dev.skein.engine.ddl.text.EnumChange;
import dev.skein.engine.ddl.text.ExtensionStatements;
import dev.skein.engine.ddl.text.ForeignDataStatements;
import dev.skein.engine.ddl.text.GrantStatements;
import dev.skein.engine.ddl.text.PolicyStatements;
import dev.skein.engine.ddl.text.PublicationStatements;
import dev.skein.engine.ddl.text.RoutineStatements;
import dev.skein.engine.ddl.text.SequenceStatements;
import dev.skein.engine.ddl.text.StatisticsStatements;
import dev.skein.engine.ddl.text.TableChange;
import dev.skein.engine.ddl.text.TextSearch;
import dev.skein.engine.ddl.text.TriggerStatements;
import dev.skein.engine.ddl.text.ViewStatements;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The statements that change an object in place. */
final class AlterStatements {
    private static final Set<String> ASIDE = Set.of(ObjectKind.COMMENT, ObjectKind.GRANTS);

    private final Catalog from;
    private final OnlineForms online;
    private final ColumnStatements columns;

    AlterStatements(Catalog from, OnlineForms online) {
        this.from = from;
        this.online = online;
        this.columns = new ColumnStatements(from, online);
    }

    /** The statements, or null where it has to be dropped and made anew. */
    @Nullable List<DdlStatement> of(CatalogItem before, CatalogItem after) {
        var own = own(before, after);
        if (own == null) {
            return null;
        }
        var statements = new ArrayList<>(own);
        statements.addAll(CommentStatements.change(before, after));
        statements.addAll(GrantStatements.change(before, after));
        return statements;
    }

    private @Nullable List<DdlStatement> own(CatalogItem before, CatalogItem after) {
        var same =
                after.id().kind().attributes().stream()
                        .filter(name -> !ASIDE.contains(name))
                        .noneMatch(name -> before.differs(after, name));
        if (same) {
            return List.of();
        }
        return switch (after.id().kind()) {
            case EXTENSION -> ExtensionStatements.change(before, after);
            case DOMAIN -> DomainStatements.change(before, after);
            case ENUM_TYPE -> EnumChange.additions(before, after);
            case SEQUENCE -> SequenceStatements.change(before, after);
            case SEQUENCE_OWNER -> new CreateStatements(online.to(), online).of(after);
            case TABLE -> TableChange.of(before, after);
            case COLUMN, ATTRIBUTE -> columns.change(before, after);
            case CONSTRAINT -> constraint(before, after);
            case INDEX -> index(before, after);
            case FUNCTION, PROCEDURE, AGGREGATE -> RoutineStatements.change(before, after);
            case VIEW, MATERIALIZED_VIEW -> ViewStatements.change(before, after);
            case TRIGGER, RULE -> TriggerStatements.change(before, after);
            case EVENT_TRIGGER -> TriggerStatements.changeEvent(before, after);
            case POLICY -> PolicyStatements.change(before, after);
            case STATISTICS -> StatisticsStatements.change(before, after);
            case TEXT_SEARCH_CONFIGURATION -> TextSearch.change(before, after);
            case PUBLICATION -> PublicationStatements.change(before, after);
            case FOREIGN_DATA_WRAPPER, SERVER, FOREIGN_TABLE ->
                    ForeignDataStatements.change(before, after);
            default -> null;
        };
    }

    private @Nullable List<DdlStatement> constraint(CatalogItem before, CatalogItem after) {
        if (online.inUse(after.id().relation()) && KeySwap.fits(from, before, after)) {
            return new KeySwap(before, after).gently(online.spare());
        }
        return isValidated(before, after)
                ? List.of(
                        DdlStatement.afterwards(
                                "ALTER TABLE "
                                        + after.id().relation()
                                        + " VALIDATE CONSTRAINT "
                                        + after.id().name()))
                : null;
    }

    /** Whether a constraint is the one from before, and only holds for every row now. */
    static boolean isValidated(CatalogItem before, CatalogItem after) {
        return before.id().kind() == ObjectKind.CONSTRAINT
                && before.text(Attribute.DEFINITION)
                        .equals(after.text(Attribute.DEFINITION) + " NOT VALID");
    }

    private @Nullable List<DdlStatement> index(CatalogItem before, CatalogItem after) {
        if (!online.inUse(after.id().relation())) {
            return null;
        }
        if (before.differs(after, Attribute.DEFINITION) || after.has(Attribute.VALIDITY)) {
            return online.indexes().replace(after);
        }
        return List.of(DdlStatement.alone("REINDEX INDEX CONCURRENTLY " + after.id().name()));
    }
}
