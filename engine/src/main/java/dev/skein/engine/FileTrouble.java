// SPDX-License-Identifier: Apache-2.0
package dev.skein.engine;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.NoSuchFileException;

/** Why a file could not be used, in words. */
public final class FileTrouble {
    private FileTrouble() {}

    public static String inWords(IOException e) {
        return switch (e) {
            case NoSuchFileException missing -> "there is no such file";
            case AccessDeniedException denied -> "you have no permission";
            default -> String.valueOf(e.getMessage());
        };
    }
}
