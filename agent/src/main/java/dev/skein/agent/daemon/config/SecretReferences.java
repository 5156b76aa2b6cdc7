// SPDX-License-Identifier: Apache-2.0
package dev.skein.agent.daemon.config;

import dev.skein.engine.FileTrouble;
import dev.skein.engine.SkeinException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** Resolves references to secrets: {@code env:NAME}, {@code file:PATH}. Never shows a value. */
public final class SecretReferences {
    private static final String ENV = "env:";
    private static final String FILE = "file:";

    private SecretReferences() {}

    /**
     * The secret behind a reference.
     *
     * @param subject what it is for, for errors
     */
    public static String resolve(String subject, String reference) {
        return resolve(subject, reference, System::getenv);
    }

    static String resolve(
            String subject, String reference, UnaryOperator<@Nullable String> environment) {
        if (reference.startsWith(ENV)) {
            return variable(subject, reference.substring(ENV.length()), environment);
        }
        if (reference.startsWith(FILE)) {
            return read(subject, Path.of(reference.substring(FILE.length())));
        }
        throw SkeinException.usage(
                subject,
                "the password stands there itself",
                "Write where it is: env:NAME or file:PATH");
    }

    private static String variable(
            String subject, String name, UnaryOperator<@Nullable String> environment) {
        var value = environment.apply(name);
        if (value == null) {
            throw SkeinException.usage(
                    subject, "the environment variable " + name + " is not set", "Set it");
        }
        return value;
    }

    private static String read(String subject, Path file) {
        try {
            return Files.readString(file).strip();
        } catch (IOException e) {
            throw SkeinException.usage(
                    subject,
                    "the file " + file + " cannot be read (" + FileTrouble.inWords(e) + ")",
                    "Check its name and permissions");
        }
    }
}
