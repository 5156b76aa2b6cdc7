// SPDX-License-Identifier: Apache-2.0
package dev.skein.engine.journal;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * An entry before it has a number and a hash.
 *
 * @param heads the heads after it
 * @param body SQL or error text
 * @param detail what must stay in the tenant's database, such as row values in an error
 */
public record Draft(
        EntryKind kind,
        List<String> heads,
        String body,
        @Nullable String revision,
        @Nullable String checksum,
        @Nullable Integer statement,
        @Nullable String outcome,
        @Nullable String fingerprint,
        @Nullable Long millis,
        @Nullable String sqlState,
        @Nullable String signature,
        @Nullable String detail) {

    /** The outcome of an INTENT that will change rows and no schema. */
    static final String ROWS = "rows";

    /** The outcome of an ADOPTED from which a copy is a database of its own. */
    static final String CLONE = "clone";

    /** The outcome of an ADOPTED of a schema of which nobody knows how it had to be. */
    static final String UNKNOWN = "unknown";

    /** Of an ADOPTED: nobody knows how the schema had to be. */
    public Draft ofUnknown() {
        return outcome(UNKNOWN);
    }

    /** Of an ADOPTED: it begins the history of a copy; what is before it is the original's. */
    public Draft ofClone() {
        return outcome(CLONE);
    }

    /** Of an INTENT: it will change rows and no schema. */
    public Draft ofRows() {
        return outcome(ROWS);
    }

    /** Whether the schema stays as it was with it. */
    public boolean keepsSchema() {
        return switch (kind) {
            case FAILED, OBSERVED, ADOPTED, STAMPED, BACKED_UP, RESTORED -> true;
            case INTENT -> ROWS.equals(outcome);
            case OUTCOME -> statement == null; // tells of a check
            case INITIALIZED, APPLIED, REVERTED -> false;
        };
    }

    /** A draft that says only what happened and which heads it leaves. */
    public static Draft of(EntryKind kind, List<String> heads, String body) {
        return new Draft(kind, heads, body, null, null, null, null, null, null, null, null, null);
    }

    public Draft revision(String id, String sum) {
        return new Draft(
                kind,
                heads,
                body,
                id,
                sum,
                statement,
                outcome,
                fingerprint,
                millis,
                sqlState,
                signature,
                detail);
    }

    /** With the checksum of something that is no revision. */
    public Draft checksum(String sum) {
        return new Draft(
                kind,
                heads,
                body,
                revision,
                sum,
                statement,
                outcome,
                fingerprint,
                millis,
                sqlState,
                signature,
                detail);
    }

    public Draft statement(int number, @Nullable String result) {
        return new Draft(
                kind,
                heads,
                body,
                revision,
                checksum,
                number,
                result,
                fingerprint,
                millis,
                sqlState,
                signature,
                detail);
    }

    public Draft outcome(String result) {
        return new Draft(
                kind,
                heads,
                body,
                revision,
                checksum,
                statement,
                result,
                fingerprint,
                millis,
                sqlState,
                signature,
                detail);
    }

    /** With what must stay in the tenant's database. */
    public Draft detail(String stays) {
        return new Draft(
                kind,
                heads,
                body,
                revision,
                checksum,
                statement,
                outcome,
                fingerprint,
                millis,
                sqlState,
                signature,
                stays);
    }

    /** With the fingerprint of the schema that it leaves. */
    public Draft fingerprint(String print) {
        return new Draft(
                kind, heads, body, revision, checksum, statement, outcome, print, millis, sqlState,
                signature, detail);
    }

    /**
     * With what was seen at the end of something finished.
     *
     * @param print absent where it could not be read
     */
    public Draft observed(@Nullable String print, long duration) {
        return new Draft(
                kind, heads, body, revision, checksum, statement, outcome, print, duration,
                sqlState, signature, detail);
    }

    public Draft error(String state, String sign, String privateDetail) {
        return new Draft(
                kind,
                heads,
                body,
                revision,
                checksum,
                statement,
                outcome,
                fingerprint,
                millis,
                state,
                sign,
                privateDetail);
    }
}
