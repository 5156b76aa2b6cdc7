// SPDX-License-Identifier: Apache-2.0
package dev.skein.agent.cli.trial;

import dev.skein.agent.cli.common.Output;
import dev.skein.engine.lint.LintFinding;
import dev.skein.engine.lint.LintLevel;
import dev.skein.engine.lint.RuleText;
import dev.skein.engine.script.RevisionFolder;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** Findings for people and for programs. */
final class LintOutput {
    private static final Map<LintLevel, String> SARIF =
            Map.of(
                    LintLevel.ERROR,
                    "error",
                    LintLevel.WARNING,
                    "warning",
                    LintLevel.ADVICE,
                    "note");

    private final Output out;
    private final Path folder;

    LintOutput(Output out, Path folder) {
        this.out = out;
        this.folder = folder;
    }

    /** With the line of the file and what to do instead. */
    void terminal(List<LintFinding> findings) {
        for (var finding : findings) {
            var level = finding.level().words();
            var painted = finding.level() == LintLevel.ERROR ? out.bad(level) : out.strong(level);
            var place = finding.file() + ":" + finding.line();
            out.result(place + ": " + painted + " " + finding.rule() + " " + finding.name());
            out.result("    " + out.dim(line(finding)));
            out.result("    " + finding.what());
            out.result("    Instead: " + finding.instead());
        }
    }

    private String line(LintFinding finding) {
        var lines = RevisionFolder.read(folder.resolve(finding.file())).split("\n", -1);
        int number = Math.min(finding.line(), lines.length);
        return lines[number - 1].strip();
    }

    /** Annotations as GitHub's runners read them from the output. */
    void github(List<LintFinding> findings) {
        for (var finding : findings) {
            out.result(
                    "::"
                            + githubWord(finding.level())
                            + " file="
                            + property(folder.resolve(finding.file()).toString())
                            + ",line="
                            + finding.line()
                            + ",title="
                            + property(finding.rule() + " " + finding.name())
                            + "::"
                            + data(finding.what() + ". Instead: " + finding.instead()));
        }
    }

    private static String githubWord(LintLevel level) {
        return switch (level) {
            case ERROR -> "error";
            case WARNING -> "warning";
            case ADVICE -> "notice";
        };
    }

    private static String data(String text) {
        return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A");
    }

    private static String property(String text) {
        return data(text).replace(":", "%3A").replace(",", "%2C");
    }

    /** A SARIF 2.1.0 log. */
    void sarif(List<LintFinding> findings, List<RuleText> rules) {
        var driver =
                Map.of("name", "skein", "rules", rules.stream().map(LintOutput::rule).toList());
        var run =
                Map.of(
                        "tool",
                        Map.of("driver", driver),
                        "results",
                        findings.stream().map(this::result).toList());
        out.json(
                Map.of(
                        "$schema",
                        "https://json.schemastore.org/sarif-2.1.0.json",
                        "version",
                        "2.1.0",
                        "runs",
                        List.of(run)));
    }

    private static Map<String, Object> rule(RuleText text) {
        var explanation = new RuleExplanation(text);
        return Map.of(
                "id",
                text.id(),
                "name",
                text.name(),
                "fullDescription",
                Map.of("text", explanation.summary()),
                "help",
                Map.of("text", explanation.plain(), "markdown", explanation.markdown()));
    }

    private Map<String, Object> result(LintFinding finding) {
        var location =
                Map.of(
                        "physicalLocation",
                        Map.of(
                                "artifactLocation",
                                Map.of("uri", folder.resolve(finding.file()).toString()),
                                "region",
                                Map.of("startLine", finding.line())));
        return Map.of(
                "ruleId",
                finding.rule(),
                "level",
                SARIF.getOrDefault(finding.level(), "note"),
                "message",
                Map.of("text", finding.what() + ". Instead: " + finding.instead()),
                "locations",
                List.of(location));
    }
}
