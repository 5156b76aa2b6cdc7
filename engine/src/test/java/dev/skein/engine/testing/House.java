// SPDX-License-Identifier: Apache-2.0
package dev.skein.engine.testing;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.source.tree.MethodTree;
import com.sun.source.util.JavacTask;
import com.sun.source.util.TreeScanner;
import com.sun.source.util.Trees;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.syntax.ArchRuleDefinition;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import javax.tools.ToolProvider;

/** The rules that every module keeps: layers, no cycles, framework at the rim, hard sizes. */
public final class House {
    private static final int FILE_LINES = 350;
    private static final int METHOD_LINES = 40;

    private final String root;
    private final JavaClasses classes;

    /**
     * @param test the module's own test, in its root package
     */
    public House(Class<?> test) {
        this.root = test.getPackageName();
        this.classes =
                new ClassFileImporter()
                        .withImportOption(new ImportOption.DoNotIncludeTests())
                        .withImportOption(location -> !location.contains(tests(test)))
                        .importPackages(root);
    }

    /** Where the module's tests are compiled to, whatever compiles them: there its own test is. */
    private static String tests(Class<?> test) {
        var file = "/" + test.getName().replace('.', '/') + ".class";
        var found = Objects.requireNonNull(test.getResource(file), file).getPath();
        return found.substring(0, found.length() - file.length() + 1);
    }

    /** Packages depend on each other in one direction only. */
    public void noCycles() {
        slices().matching(root + ".(*)..").should().beFreeOfCycles().check(classes);
        slices().matching(root + ".(**)").should().beFreeOfCycles().check(classes);
    }

    /** Each package sees only the ones named before it (and what is outside the module). */
    public void layers(List<String> inOrder) {
        for (int i = 0; i < inOrder.size(); i++) {
            var below = inOrder.subList(i + 1, inOrder.size());
            if (!below.isEmpty()) {
                noClasses()
                        .that()
                        .resideInAPackage(root + "." + inOrder.get(i) + "..")
                        .should()
                        .dependOnClassesThat()
                        .resideInAnyPackage(
                                below.stream()
                                        .map(p -> root + "." + p + "..")
                                        .toArray(String[]::new))
                        .check(classes);
            }
        }
        assertThat(classes.stream().map(c -> c.getPackageName()).filter(p -> !p.equals(root)))
                .allMatch(
                        p ->
                                inOrder.stream()
                                        .anyMatch(l -> (p + ".").startsWith(root + "." + l + ".")),
                        "is in the list of layers");
    }

    /** Neither of two packages sees the other one. */
    public void apart(String one, String other) {
        for (var way : List.of(List.of(one, other), List.of(other, one))) {
            noClasses()
                    .that()
                    .resideInAPackage(root + "." + way.getFirst() + "..")
                    .should()
                    .dependOnClassesThat()
                    .resideInAPackage(root + "." + way.getLast() + "..")
                    .check(classes);
        }
    }

    /** What answers a request may wait, since it has a virtual thread. */
    public void doorsMayWait() {
        ArchRuleDefinition.methods()
                .that()
                .areMetaAnnotatedWith("jakarta.ws.rs.HttpMethod")
                .should()
                .beAnnotatedWith("io.smallrye.common.annotation.RunOnVirtualThread")
                .check(classes);
    }

    /** Only the named packages see a framework. */
    public void rim(List<String> allowed, String... frameworks) {
        noClasses()
                .that()
                .resideOutsideOfPackages(
                        allowed.stream().map(p -> root + "." + p + "..").toArray(String[]::new))
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(frameworks)
                .check(classes);
    }

    /** No file and no method is too long; every package says its job. */
    public static void sizes(Path sources) throws IOException {
        var findings = new ArrayList<String>();
        List<Path> files;
        try (var walk = Files.walk(sources)) {
            files = walk.filter(f -> f.toString().endsWith(".java")).toList();
        }
        assertThat(files).isNotEmpty();
        for (var file : files) {
            var lines = Files.readAllLines(file).size();
            if (lines > FILE_LINES) {
                findings.add(file + " has " + lines + " lines");
            }
            if (!Files.exists(file.resolveSibling("package-info.java"))) {
                findings.add(file.getParent() + " has no package-info.java");
            }
        }
        findings.addAll(longMethods(files));
        assertThat(findings).isEmpty();
    }

    private static List<String> longMethods(List<Path> files) throws IOException {
        return methods(files).stream()
                .filter(method -> method.lines() > METHOD_LINES)
                .map(method -> method.where() + " has " + method.lines() + " lines")
                .toList();
    }

    /**
     * A method and how long it is.
     *
     * @param where file, line and name
     */
    public record Method(String where, long lines) {}

    /** The methods of some files. */
    public static List<Method> methods(Collection<Path> files) throws IOException {
        var found = new ArrayList<Method>();
        var compiler = ToolProvider.getSystemJavaCompiler();
        try (var manager = compiler.getStandardFileManager(null, null, null)) {
            var units = manager.getJavaFileObjectsFromPaths(files);
            var task = (JavacTask) compiler.getTask(null, manager, d -> {}, List.of(), null, units);
            var positions = Trees.instance(task).getSourcePositions();
            for (var unit : task.parse()) {
                new TreeScanner<Void, Void>() {
                    @Override
                    public Void visitMethod(MethodTree method, Void nothing) {
                        var map = unit.getLineMap();
                        long from = map.getLineNumber(positions.getStartPosition(unit, method));
                        long to = map.getLineNumber(positions.getEndPosition(unit, method));
                        var file = unit.getSourceFile().getName();
                        found.add(
                                new Method(
                                        file + ":" + from + " " + method.getName(), to - from + 1));
                        return super.visitMethod(method, null);
                    }
                }.scan(unit, null);
            }
        }
        return found;
    }
}
