// SPDX-License-Identifier: Apache-2.0
package dev.skein.standalone;

import dev.skein.agent.cli.common.Output;
import dev.skein.engine.ErrorCode;
import dev.skein.engine.SkeinException;
import dev.skein.standalone.demo.Demo;
import dev.skein.standalone.stack.StackHome;
import java.util.List;

/** {@code up}, {@code down} and {@code demo}. */
public final class StandaloneMain {
    private StandaloneMain() {}

    public static void main(String[] args) {
        System.exit(run(Output.system(), List.of(args)));
    }

    private static int run(Output out, List<String> words) {
        try {
            return dispatch(out, words);
        } catch (SkeinException e) {
            out.say(out.bad("Error: ") + out.strong(e.subject()) + ": " + e.found());
            if (!e.remedy().isEmpty()) {
                out.say("  " + e.remedy());
            }
            return e.code().exitCode();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return ErrorCode.INTERRUPTED.exitCode();
        }
    }

    private static int dispatch(Output out, List<String> words) throws InterruptedException {
        var home = StackHome.find();
        var options = words.subList(Math.min(1, words.size()), words.size());
        return switch (words.isEmpty() ? "" : words.getFirst()) {
            case "up" -> {
                only(options, List.of());
                yield new StackUp(home, out).run();
            }
            case "down" -> {
                only(options, List.of());
                yield StackDown.run(home, out);
            }
            case "demo" -> {
                only(options, List.of("--exit"));
                yield new StackUp(home, out).run(new Demo(home, out), options.contains("--exit"));
            }
            default -> throw SkeinException.usage("Command", "it is none of up, down, demo", "");
        };
    }

    private static void only(List<String> options, List<String> known) {
        for (var option : options) {
            if (!known.contains(option)) {
                throw SkeinException.usage(
                        "Option '" + option + "'", "it is not known", "Known are: " + known);
            }
        }
    }
}
