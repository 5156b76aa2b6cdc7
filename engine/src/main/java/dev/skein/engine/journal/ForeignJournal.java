// SPDX-License-Identifier: Apache-2.0
package dev.skein.engine.journal;

/** How it is told that a journal meets another place than its own. */
public final class ForeignJournal {
    private ForeignJournal() {}

    /** What was found. */
    public static String found(DatabaseIdentity boundTo, DatabaseIdentity here) {
        return "its journal belongs to %s, this is %s".formatted(boundTo.inWords(), here.inWords());
    }

    /**
     * What to do. Where the site is known it is to be said: the command line does not know it, and
     * it may be all that differs.
     */
    public static String remedy(DatabaseIdentity here) {
        var how = "Say what happened: skein adopt --moved, --restored or --clone";
        return here.site() == null ? how : how + ", with --site " + here.site();
    }
}
