// SPDX-License-Identifier: Apache-2.0
package dev.skein.engine.execute;

import dev.skein.engine.Json;
import dev.skein.engine.execute.check.RenameChecks;
import dev.skein.engine.execute.order.MigrationOrder;
import dev.skein.engine.execute.order.Progress;
import dev.skein.engine.execute.order.RunRefusal;
import dev.skein.engine.execute.order.Scope;
import dev.skein.engine.execute.order.ShellWord;
import dev.skein.engine.execute.session.TenantSession;
import dev.skein.engine.journal.Author;
import dev.skein.engine.journal.BoundSchema;
import dev.skein.engine.journal.EntryBody;
import dev.skein.engine.journal.EntryDraft;
import dev.skein.engine.journal.JournalState;
import dev.skein.engine.postgres.DatabaseAddress;
import dev.skein.engine.postgres.PgClient;
import dev.skein.engine.postgres.PgSession;
import java.time.Clock;
import java.time.Duration;
import java.util.List;

/**
 * Puts the journal of a tenant's schema away that was dropped. Its history is kept, with an entry
 * that says so; whatever is made under the schema's name begins anew.
 */
public final class JournalRetirement {
    private static final Duration QUERY_TIMEOUT = Duration.ofMinutes(1);

    private JournalRetirement() {}

    /**
     * Records it and puts it away, in one transaction.
     *
     * @param schema whose journal it is
     * @param agreed whether it is to be put away although a schema is there that may be its own
     * @return where it ends
     */
    public static JournalState run(
            PgClient client,
            DatabaseAddress address,
            String schema,
            Author author,
            boolean agreed,
            Clock clock) {
        var scope = Scope.schema(schema);
        var order = MigrationOrder.ofJournal(address, scope, author);
        try (var contact = TenantSession.openForeign(client, order, clock, Progress.NONE)) {
            if (!agreed) {
                refuseLiving(contact.session(), scope);
            }
            return retire(contact, schema);
        }
    }

    private static JournalState retire(TenantSession contact, String schema) {
        contact.session().script("BEGIN", QUERY_TIMEOUT);
        var state = contact.fence().orElseThrow();
        var kept = BoundSchema.retired(state.uid());
        var text = "retired" + Json.text(List.of(schema, kept));
        var body = new EntryBody.Adopted(EntryBody.Adoption.PLACE);
        var after = contact.append(state, new EntryDraft(state.heads(), text, body));
        contact.binding().retire(state.uid());
        contact.session().script("COMMIT", QUERY_TIMEOUT);
        contact.release();
        return after;
    }

    private static void refuseLiving(PgSession session, Scope scope) {
        RenameChecks.refuseMovedAway(session, scope);
        if (BoundSchema.of(session, scope.schema()).isItsOwn()) {
            throw new RunRefusal(
                    session.subject(),
                    "the schema '" + scope.schema() + "' is there, and its journal may be its own",
                    "Only if nothing of its history counts: skein adopt --retire "
                            + ShellWord.of(scope.schema())
                            + " --yes");
        }
    }
}
