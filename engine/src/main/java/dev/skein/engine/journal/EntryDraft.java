// SPDX-License-Identifier: Apache-2.0
package dev.skein.engine.journal;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * An entry before it has a number and a hash.
 *
 * @param heads the heads after it
 * @param text SQL or error text, which may have to be erased
 * @param fingerprint of the schema that it leaves; null where nobody looked
 * @param detail what must stay in the tenant's database, such as row values in an error
 */
public record EntryDraft(
        List<String> heads,
        String text,
        EntryBody body,
        @Nullable String fingerprint,
        @Nullable String detail) {

    /** One without a fingerprint, of which everything may leave the database. */
    public EntryDraft(List<String> heads, String text, EntryBody body) {
        this(heads, text, body, null, null);
    }

    /** With the fingerprint of the schema that it leaves. */
    public EntryDraft withFingerprint(@Nullable String fingerprint) {
        return new EntryDraft(heads, text, body, fingerprint, detail);
    }

    /** With what must stay in the tenant's database. */
    public EntryDraft withDetail(@Nullable String stays) {
        return new EntryDraft(heads, text, body, fingerprint, stays);
    }
}
