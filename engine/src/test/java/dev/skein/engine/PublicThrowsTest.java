// SPDX-License-Identifier: Apache-2.0
package dev.skein.engine;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.source.tree.ClassTree;
import com.sun.source.tree.LambdaExpressionTree;
import com.sun.source.tree.MethodTree;
import com.sun.source.tree.ThrowTree;
import com.sun.source.tree.Tree;
import com.sun.source.util.JavacTask;
import com.sun.source.util.TreePath;
import com.sun.source.util.TreePathScanner;
import com.sun.source.util.TreeScanner;
import com.sun.source.util.Trees;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import javax.lang.model.element.Modifier;
import javax.tools.ToolProvider;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What a public method of the engine throws with its own hands stands in its Javadoc. */
@Tag("quick")
class PublicThrowsTest {
    private static final int THROWING = 30;

    private final List<String> silent = new ArrayList<>();
    private final AtomicInteger throwing = new AtomicInteger();

    @Test
    void aPublicMethodThatThrowsSaysWhat() throws IOException {
        List<Path> sources;
        try (var files = Files.walk(HouseSources.ROOT.resolve("engine/src/main/java"))) {
            sources = files.filter(file -> file.toString().endsWith(".java")).toList();
        }
        var compiler = ToolProvider.getSystemJavaCompiler();
        try (var manager = compiler.getStandardFileManager(null, null, null)) {
            var units = manager.getJavaFileObjectsFromPaths(sources);
            var task = (JavacTask) compiler.getTask(null, manager, d -> {}, List.of(), null, units);
            var trees = Trees.instance(task);
            for (var unit : task.parse()) {
                new Methods(trees).scan(unit, null);
            }
        }
        assertThat(silent).isEmpty();
        assertThat(throwing).hasValueGreaterThan(THROWING);
    }

    /** The public methods of public classes. */
    private final class Methods extends TreePathScanner<@Nullable Void, @Nullable Void> {
        private final Trees trees;

        Methods(Trees trees) {
            this.trees = trees;
        }

        @Override
        public @Nullable Void visitMethod(MethodTree method, @Nullable Void nothing) {
            if (isOffered(method) && new Throws().isIn(method)) {
                throwing.incrementAndGet();
                var doc = trees.getDocComment(getCurrentPath());
                if (doc == null || !doc.contains("@throws")) {
                    var file = getCurrentPath().getCompilationUnit().getSourceFile().getName();
                    silent.add(file + ": " + method.getName());
                }
            }
            return super.visitMethod(method, null);
        }

        private boolean isOffered(MethodTree method) {
            var overrides =
                    method.getModifiers().getAnnotations().stream()
                            .anyMatch(a -> a.getAnnotationType().toString().equals("Override"));
            return method.getReturnType() != null
                    && !overrides
                    && method.getModifiers().getFlags().contains(Modifier.PUBLIC)
                    && isPublic(getCurrentPath());
        }

        /** Whether all classes around it are public. */
        private static boolean isPublic(TreePath path) {
            for (Tree around : path) {
                if (around instanceof ClassTree type
                        && !type.getModifiers().getFlags().contains(Modifier.PUBLIC)) {
                    return false;
                }
            }
            return true;
        }
    }

    /** Looks for what a method throws itself, not what a class or lambda in it does. */
    private static final class Throws extends TreeScanner<@Nullable Void, @Nullable Void> {
        private boolean found;

        boolean isIn(MethodTree method) {
            scan(method.getBody(), null);
            return found;
        }

        @Override
        public @Nullable Void visitThrow(ThrowTree thrown, @Nullable Void nothing) {
            found = true;
            return null;
        }

        @Override
        public @Nullable Void visitClass(ClassTree inner, @Nullable Void nothing) {
            return null;
        }

        @Override
        public @Nullable Void visitLambdaExpression(
                LambdaExpressionTree inner, @Nullable Void nothing) {
            return null;
        }
    }
}
