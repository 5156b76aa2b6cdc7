// SPDX-License-Identifier: Apache-2.0
package dev.skein.api.command;

import java.util.Set;

/** What an account may be allowed to do. Everything not allowed is refused. */
public final class Roles {
    /** Sees everything. */
    public static final String VIEWER = "viewer";

    /** Pushes bundles and proposes rollouts. */
    public static final String AUTHOR = "author";

    /** Approves what others propose. */
    public static final String APPROVER = "approver";

    /** Pauses, resumes and aborts. */
    public static final String OPERATOR = "operator";

    /** Reads the audit log. */
    public static final String AUDITOR = "auditor";

    /** Manages accounts. */
    public static final String ADMIN = "admin";

    /** All of them. */
    public static final Set<String> ALL =
            Set.of(VIEWER, AUTHOR, APPROVER, OPERATOR, AUDITOR, ADMIN);

    private Roles() {}
}
