// SPDX-License-Identifier: Apache-2.0
package dev.skein.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Versions stand once: in the parent pom. */
@Tag("quick")
class ParentPomTest {
    private static final int MODULES = 10;
    private static final Pattern PARENT = Pattern.compile("(?s)<parent>.*?</parent>");
    private static final Pattern WRITTEN = Pattern.compile("<version>\\d[^<]*</version>");
    private static final Pattern NUMBER = Pattern.compile("\\b\\d+\\.\\d+\\.\\d+\\b");

    private static List<Path> modules() throws IOException {
        try (var files = Files.find(HouseSources.ROOT, 3, (file, is) -> isModule(file))) {
            return files.toList();
        }
    }

    private static boolean isModule(Path file) {
        return file.endsWith("pom.xml") && !file.equals(HouseSources.ROOT.resolve("pom.xml"));
    }

    @Test
    void aModuleSaysNoVersionButItsParents() throws IOException {
        var modules = modules();
        assertThat(modules).hasSizeGreaterThan(MODULES);
        for (var module : modules) {
            var text = PARENT.matcher(Files.readString(module)).replaceFirst("");
            assertThat(WRITTEN.matcher(text).results().map(found -> found.group()))
                    .as("%s", module)
                    .isEmpty();
        }
    }

    @Test
    void theLauncherSaysNone() throws IOException {
        var launcher = Files.readString(HouseSources.ROOT.resolve("skein"));
        assertThat(NUMBER.matcher(launcher).results().map(found -> found.group())).isEmpty();
    }

    @Test
    void theParentSaysEachOnce() throws IOException {
        var pom = Files.readString(HouseSources.ROOT.resolve("pom.xml"));
        var versions = pom.replaceAll("(?s)^.*?<properties>|</properties>.*$", "").lines();
        var named = versions.filter(line -> line.contains("version>")).map(String::strip).toList();
        assertThat(named).isNotEmpty().doesNotHaveDuplicates();
        for (var line : named) {
            var version = line.replaceAll("<[^>]*>", "");
            assertThat(pom.split(Pattern.quote(">" + version + "<"), -1)).as(line).hasSize(2);
        }
    }
}
