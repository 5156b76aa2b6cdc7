// SPDX-License-Identifier: Apache-2.0
package dev.skein.engine;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Objects;

/** Texts that ship beside the classes. */
public final class ClassResources {
    private ClassResources() {}

    /**
     * The UTF-8 text of a resource in the package of a class.
     *
     * @throws NullPointerException if there is none of this name
     * @throws UncheckedIOException if it cannot be read
     */
    public static String text(Class<?> near, String name) {
        try (var in = Objects.requireNonNull(near.getResourceAsStream(name), name)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException("resource " + name, e);
        }
    }
}
