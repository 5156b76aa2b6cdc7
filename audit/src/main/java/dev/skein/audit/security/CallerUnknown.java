// SPDX-License-Identifier: Apache-2.0
package dev.skein.audit.security;

import io.quarkus.security.AuthenticationFailedException;

/** The control plane could not be asked whose a token is: nothing is known of the token. */
public final class CallerUnknown extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private CallerUnknown(String why) {
        super("the control plane cannot be asked who that is: " + why);
    }

    /** As what carries it through the authentication. */
    static AuthenticationFailedException because(String why) {
        return new AuthenticationFailedException(new CallerUnknown(why));
    }
}
