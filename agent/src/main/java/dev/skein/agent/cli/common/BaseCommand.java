// SPDX-License-Identifier: Apache-2.0
package dev.skein.agent.cli.common;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** What every command has: help, {@code --json}, and where to write. */
@Command(mixinStandardHelpOptions = true, sortOptions = false)
public abstract class BaseCommand implements Callable<Integer> {
    @Spec private CommandSpec spec;

    @Option(names = "--json", description = "Print the result as JSON.")
    private boolean json;

    protected BaseCommand() {}

    protected Output out() {
        return ((CommandRoot) spec.root().userObject()).out();
    }

    protected boolean isJson() {
        return json;
    }
}
