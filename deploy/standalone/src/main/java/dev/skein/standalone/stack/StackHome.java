// SPDX-License-Identifier: Apache-2.0
package dev.skein.standalone.stack;

import java.nio.file.Path;

/**
 * Where things are.
 *
 * @param project the built project
 * @param data what the stack keeps, by default {@code .skein} in the project
 */
public record StackHome(Path project, Path data) {

    /** From the launcher's settings. */
    public static StackHome find() {
        var project = Path.of(System.getProperty("skein.root", ".")).toAbsolutePath().normalize();
        var data = System.getProperty("skein.home");
        return new StackHome(
                project, data == null ? project.resolve(".skein") : Path.of(data).toAbsolutePath());
    }

    public Path log(String name) {
        return data.resolve("log").resolve(name + ".log");
    }

    Path postgres(String name) {
        return data.resolve("postgres").resolve(name);
    }

    Path pidFile(String name) {
        return data.resolve("run").resolve(name + ".pid");
    }

    Path secret(String name) {
        return data.resolve("secret").resolve(name);
    }

    /** Where logins of this stack are kept. */
    public Path logins() {
        return data.resolve("login");
    }

    /** What a part loaded, for a {@link ClassArchive}. */
    Path classes(String part) {
        return data.resolve("classes").resolve(part + ".list");
    }

    /** What goes with the build, whichever stack made it. */
    Path built() {
        return project.resolve("target/built");
    }

    Path application(String module) {
        return project.resolve(module).resolve("target/quarkus-app/quarkus-run.jar");
    }

    Path broker() {
        return project.resolve("deploy/broker/target");
    }
}
