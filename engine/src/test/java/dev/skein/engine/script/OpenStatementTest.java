// SPDX-License-Identifier: Apache-2.0
package dev.skein.engine.script;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("quick")
class OpenStatementTest {
    private final OpenStatement open = new OpenStatement();

    private OpenStatement begin(String... words) {
        open.reset();
        open.begin(7, 3);
        for (var word : words) {
            open.word(word);
        }
        return open;
    }

    @Test
    void aSemicolonEndsItOutsideParenthesesAlone() {
        assertThat(begin("SELECT").holdsSemicolon()).isFalse();
        open.sign('(');
        assertThat(open.holdsSemicolon()).isTrue();
        open.sign(')');
        open.sign(')');
        assertThat(open.holdsSemicolon()).isFalse();
        open.sign('(');
        assertThat(open.holdsSemicolon()).isTrue();
    }

    @Test
    void aRoutinesBodyEndsWhereAStatementWouldBegin() {
        begin("CREATE", "FUNCTION", "F", "BEGIN", "ATOMIC", "SELECT", "CASE", "END");
        assertThat(open.holdsSemicolon()).isTrue();
        open.word("END");
        assertThat(open.holdsSemicolon()).isFalse();
        assertThat(begin("CREATE", "TABLE", "BEGIN", "ATOMIC").holdsSemicolon()).isFalse();
    }

    @Test
    void itKnowsItsPlaceAndFirstWords() {
        begin("A", "B");
        open.begin(9, 4);
        open.name("\"c\"");
        assertThat(open.start()).isEqualTo(7);
        assertThat(open.line()).isEqualTo(3);
        assertThat(open.words()).isEqualTo("A B \"c\"");
        open.reset();
        assertThat(open.isBegun()).isFalse();
        assertThat(open.words()).isEmpty();
    }
}
