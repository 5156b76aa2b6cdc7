// SPDX-License-Identifier: Apache-2.0
package dev.skein.api.security;

import dev.skein.engine.ErrorCode;
import dev.skein.engine.SkeinException;

/** Nobody has this name and this password; which of them is wrong is not told. */
public final class WrongLogin extends SkeinException {
    private static final long serialVersionUID = 1L;

    WrongLogin() {
        super(ErrorCode.FAILED, "Login", "name or password is wrong", "Try again");
    }
}
