// SPDX-License-Identifier: Apache-2.0
package dev.skein.engine.script.text;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("quick")
class DirectiveNamesTest {
    @Test
    void whatIsNearIsSuggested() {
        var all = DirectiveNames.atTheTop();
        assertThat(DirectiveNames.suggestion("mesage", all))
                .isEqualTo(" (did you mean 'message'?)");
        assertThat(DirectiveNames.suggestion("upgrad", DirectiveNames.SECTIONS))
                .isEqualTo(" (did you mean 'upgrade'?)");
        assertThat(DirectiveNames.suggestion("elsewhere", all)).isEmpty();
    }

    @Test
    void aCommentLooksLikeADirectiveOnlyWhenItIsClose() {
        var all = DirectiveNames.atTheTop();
        assertThat(DirectiveNames.meant("downgrde", all)).contains("downgrade");
        assertThat(DirectiveNames.meant("allow", all)).contains("allow");
        assertThat(DirectiveNames.meant("able", all)).isEmpty();
        assertThat(DirectiveNames.meant("message", DirectiveNames.SECTIONS)).isEmpty();
    }
}
