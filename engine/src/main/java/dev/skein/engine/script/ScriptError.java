// SPDX-License-Identifier: Apache-2.0
package dev.skein.engine.script;

import dev.skein.engine.ErrorCode;
import dev.skein.engine.SkeinException;

/** A revision file that cannot be read as one, with the place. */
public final class ScriptError extends SkeinException {
    private static final long serialVersionUID = 1L;

    private final String file;
    private final int line;

    public ScriptError(String file, int line, String found, String remedy) {
        super(ErrorCode.USAGE, line > 0 ? file + ":" + line : file, found, remedy);
        this.file = file;
        this.line = line;
    }

    public String file() {
        return file;
    }

    /** The 1-based line; 0 where the whole file is meant. */
    public int line() {
        return line;
    }
}
