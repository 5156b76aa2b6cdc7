// SPDX-License-Identifier: Apache-2.0
package dev.skein.agent.cli;

import java.io.IOException;
import java.io.InputStream;
import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassFile.StackMapsOption;
import java.lang.classfile.ClassHierarchyResolver;
import java.lang.classfile.ClassModel;
import java.lang.classfile.ClassTransform;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.jar.JarOutputStream;

/**
 * Copies a jar with its class files in the format of today's Java; see the launcher. The command
 * line's parser is compiled for Java 5, and classes that old the JVM verifies at every start and
 * keeps in no archive, which would be a quarter of a short command's time.
 */
final class JarModernizer {
    private JarModernizer() {}

    public static void main(String[] args) throws IOException {
        var from = Path.of(args[0]);
        var to = Path.of(args[1]);
        var hierarchy =
                ClassHierarchyResolver.ofResourceParsing(JarModernizer.class.getClassLoader())
                        .orElse(ClassHierarchyResolver.defaultResolver());
        var format =
                ClassFile.of(
                        StackMapsOption.GENERATE_STACK_MAPS,
                        ClassFile.ClassHierarchyResolverOption.of(hierarchy));
        try (var jar = new JarFile(from.toFile());
                var out = new JarOutputStream(Files.newOutputStream(to))) {
            for (var entry : jar.stream().toList()) {
                if (isKept(entry.getName())) {
                    out.putNextEntry(new JarEntry(entry.getName()));
                    try (var in = jar.getInputStream(entry)) {
                        out.write(read(entry, in, format));
                    }
                }
            }
        }
    }

    /** Signatures and module descriptors are about the jar as it was. */
    private static boolean isKept(String name) {
        return !name.startsWith("META-INF/versions/")
                && !name.endsWith("module-info.class")
                && !name.matches("META-INF/.*\\.(SF|RSA|DSA)");
    }

    private static byte[] read(JarEntry entry, InputStream in, ClassFile format)
            throws IOException {
        var bytes = in.readAllBytes();
        if (!entry.getName().endsWith(".class")) {
            return bytes;
        }
        ClassModel model = format.parse(bytes);
        // Code is rebuilt element by element: what is copied whole gets no stack maps.
        var rebuild = ClassTransform.transformingMethodBodies((code, e) -> code.with(e));
        var raise = ClassTransform.endHandler(b -> b.withVersion(ClassFile.JAVA_17_VERSION, 0));
        return format.transformClass(model, rebuild.andThen(raise));
    }
}
