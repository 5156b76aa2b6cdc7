// SPDX-License-Identifier: Apache-2.0
package dev.skein.agent.cli.trial;

import static org.assertj.core.api.Assertions.assertThat;

import dev.skein.engine.lint.RuleText;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The page of the rules says what their texts say. */
@Tag("quick")
class LintRulesPageTest {
    private static final Path PAGE = Path.of("lint-rules.md");

    /** Set to write the page anew. */
    private static final String WRITE = "skein.page.write";

    private static String page() {
        var page =
                new StringBuilder(
                        """
                        # What lint finds

                        `skein lint` runs revisions on a scratch server and asks these rules about what each statement
                        was seen to do. `skein lint --explain SK103` says on the command line what stands here.

                        This page is made from `engine/src/main/resources/dev/skein/engine/lint/texts`; a test holds
                        it and says how to write it anew.

                        | rule | level | finds |
                        | --- | --- | --- |
                        """);
        for (var text : RuleText.ofEveryRule()) {
            var title = text.id() + " " + text.name();
            var anchor = title.toLowerCase(Locale.ROOT).replace(' ', '-');
            page.append(
                    "| [%s](#%s) | %s | %s |\n"
                            .formatted(title, anchor, text.level().words(), text.what()));
        }
        for (var text : RuleText.ofEveryRule()) {
            page.append("\n## %s %s\n\n".formatted(text.id(), text.name()));
            page.append(new RuleExplanation(text).markdown().strip()).append('\n');
        }
        return page.toString();
    }

    @Test
    void thePageIsMadeFromTheTexts() throws IOException {
        if (Boolean.getBoolean(WRITE)) {
            Files.writeString(PAGE, page());
        }
        assertThat(Files.readString(PAGE))
                .as("write it anew: mvn verify -Dtest=LintRulesPageTest -D%s=true", WRITE)
                .isEqualTo(page());
    }
}
