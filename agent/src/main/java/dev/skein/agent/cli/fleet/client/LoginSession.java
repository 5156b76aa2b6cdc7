// SPDX-License-Identifier: Apache-2.0
package dev.skein.agent.cli.fleet.client;

import com.fasterxml.jackson.databind.JsonNode;
import dev.skein.agent.cli.fleet.answer.AnswerReader;
import dev.skein.engine.ErrorCode;
import dev.skein.engine.Json;
import dev.skein.engine.SkeinException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;

/**
 * A login that is kept between commands, readable by its owner only.
 *
 * @param api the control plane's address
 */
public record LoginSession(String api, String account, String token) {

    /** The file of a profile. */
    public static Path file(String profile) {
        var base = System.getenv("SKEIN_CONFIG_HOME");
        if (base != null) {
            return Path.of(base).resolve(profile + ".json");
        }
        var config = System.getenv("XDG_CONFIG_HOME");
        var home =
                config == null
                        ? Path.of(System.getProperty("user.home"), ".config")
                        : Path.of(config);
        return home.resolve("skein").resolve(profile + ".json");
    }

    /** Reads a kept login. */
    static LoginSession read(Path file) {
        if (!Files.exists(file)) {
            throw SkeinException.usage(
                    "Login", "nobody is logged in (" + file + ")", "Log in: skein login URL");
        }
        try {
            var json = Json.read(Files.readAllBytes(file), JsonNode.class);
            return AnswerReader.read(json, LoginSession.class);
        } catch (IOException e) {
            throw failed(file, "it cannot be read", e);
        }
    }

    public void write(Path file) {
        try {
            Files.createDirectories(file.toAbsolutePath().getParent());
            Files.deleteIfExists(file);
            var mine = PosixFilePermissions.fromString("rw-------");
            Files.createFile(file, PosixFilePermissions.asFileAttribute(mine));
            Files.write(file, Json.bytes(this), StandardOpenOption.WRITE);
        } catch (IOException e) {
            throw failed(file, "it cannot be written", e);
        }
    }

    private static SkeinException failed(Path file, String found, IOException e) {
        return new SkeinException(
                ErrorCode.FAILED,
                "Login file " + file,
                found + " (" + e.getMessage() + ")",
                "Check its permissions",
                e);
    }
}
