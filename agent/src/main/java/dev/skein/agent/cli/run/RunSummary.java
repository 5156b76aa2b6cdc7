// SPDX-License-Identifier: Apache-2.0
package dev.skein.agent.cli.run;

import dev.skein.agent.cli.common.Output;
import java.util.List;
import java.util.Map;

/**
 * What came of a run on many databases, in few lines.
 *
 * @param failures databases that failed, by what was found there
 * @param unknown other things to say, each with its databases
 */
record RunSummary(
        Output out,
        int total,
        List<RunResult> results,
        Map<String, List<String>> failures,
        Map<String, List<String>> unknown) {
    private static final int NAMED = 5;

    /** Says it; gives whether every database was come to and none failed. */
    boolean say() {
        int failed = failures.values().stream().mapToInt(List::size).sum();
        long held = results.stream().filter(r -> r.outcome().equals("held")).count();
        int left = total - results.size();
        out.say(
                "%d of %d done%s%s%s"
                        .formatted(
                                results.size() - failed - held,
                                total,
                                failed > 0 ? ", " + out.bad(failed + " failed") : "",
                                held > 0 ? ", " + held + " stopped" : "",
                                left > 0 ? ", " + left + " not started" : ""));
        failures.forEach(this::counted);
        unknown.forEach(this::counted);
        return failed == 0 && left == 0;
    }

    private void counted(String what, List<String> where) {
        var names = String.join(", ", where.subList(0, Math.min(NAMED, where.size())));
        var more = where.size() > NAMED ? ", …" : "";
        out.say("  " + where.size() + " × " + what + ": " + names + more);
    }
}
