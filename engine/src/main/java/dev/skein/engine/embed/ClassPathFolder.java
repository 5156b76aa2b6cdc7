// SPDX-License-Identifier: Apache-2.0
package dev.skein.engine.embed;

import dev.skein.engine.FileTrouble;
import dev.skein.engine.SkeinException;
import dev.skein.engine.script.RevisionFolder;
import dev.skein.engine.script.Scripts;
import java.io.IOException;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.file.FileSystems;
import java.nio.file.Path;
import java.util.Map;
import java.util.Objects;

/** A folder of revisions on the class path. */
final class ClassPathFolder {
    private ClassPathFolder() {}

    static Scripts load(String folder) {
        var subject = "Revisions folder " + folder + " on the class path";
        var loader =
                Objects.requireNonNullElse(
                        Thread.currentThread().getContextClassLoader(),
                        ClassPathFolder.class.getClassLoader());
        var url = loader.getResource(folder);
        if (url == null) {
            throw SkeinException.usage(
                    subject, "there is no such folder", "Check its name; it has no leading slash");
        }
        try {
            return load(subject, url, folder);
        } catch (IOException e) {
            throw SkeinException.failed(
                    subject, "it cannot be read (" + FileTrouble.inWords(e) + ")", "");
        } catch (URISyntaxException e) {
            throw SkeinException.failed(subject, "its address is none: " + url, "");
        }
    }

    private static Scripts load(String subject, URL url, String folder)
            throws IOException, URISyntaxException {
        return switch (url.getProtocol()) {
            case "file" -> new RevisionFolder(Path.of(url.toURI())).load();
            case "jar" -> loadFromJar(subject, url, folder);
            default ->
                    throw notListed(
                            subject, "files behind '" + url.getProtocol() + ":' cannot be listed");
        };
    }

    private static Scripts loadFromJar(String subject, URL url, String folder) throws IOException {
        var jar = java.net.URI.create(url.getPath().split("!", 2)[0]);
        if (!"file".equals(jar.getScheme())) {
            throw notListed(subject, "a jar within a jar cannot be listed");
        }
        try (var files = FileSystems.newFileSystem(Path.of(jar), Map.<String, Object>of())) {
            return new RevisionFolder(files.getPath(folder)).load();
        }
    }

    private static SkeinException notListed(String subject, String why) {
        return SkeinException.usage(subject, why, "Give the texts: Migrations.of(Map)");
    }
}
