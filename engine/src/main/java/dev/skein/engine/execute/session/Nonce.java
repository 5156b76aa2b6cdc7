// SPDX-License-Identifier: Apache-2.0
package dev.skein.engine.execute.session;

import java.util.HexFormat;
import java.util.concurrent.ThreadLocalRandom;

/** A mark that a transaction carries; new for each. It guards against accidents, not attackers. */
public final class Nonce {
    private Nonce() {}

    public static String next() {
        return HexFormat.of().toHexDigits(ThreadLocalRandom.current().nextLong());
    }
}
