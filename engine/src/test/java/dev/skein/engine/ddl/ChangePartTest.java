// SPDX-License-Identifier: Apache-2.0
package dev.skein.engine.ddl;

import static org.assertj.core.api.Assertions.assertThat;

import dev.skein.engine.ddl.text.DdlStatement;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("quick")
class ChangePartTest {
    private final List<DdlStatement> change = new ArrayList<>();

    private ChangePartTest constraint(String table, String name) {
        change.add(
                DdlStatement.of(alter(table) + "ADD CONSTRAINT " + name + " CHECK (x) NOT VALID"));
        change.add(DdlStatement.afterwards(alter(table) + "VALIDATE CONSTRAINT " + name));
        return this;
    }

    private ChangePartTest notNull(String table, String column) {
        constraint(table, column);
        change.add(DdlStatement.of(alter(table) + "ALTER COLUMN " + column + " SET NOT NULL"));
        change.add(DdlStatement.of(alter(table) + "DROP CONSTRAINT " + column));
        return this;
    }

    private static String alter(String table) {
        return "ALTER TABLE public." + table + " ";
    }

    /** Each part in few words. */
    private List<String> parts() {
        return ChangePart.of(change).stream()
                .map(part ->
                        String.join(
                                ", ",
                                part.statements().stream()
                                        .map(s ->
                                                s.sql()
                                                        .replaceAll(
                                                                "ALTER TABLE"
                                                                        + " public|CONSTRAINT|ALTER"
                                                                        + " COLUMN|CHECK.*| ",
                                                                ""))
                                        .toList()))
                .toList();
    }

    @Test
    void manyConstraintsTakeTwoRevisions() {
        constraint("a", "c").constraint("b", "d").constraint("a", "e");
        assertThat(parts())
                .containsExactly(".aADDc, .bADDd, .aADDe", ".aVALIDATEc, .bVALIDATEd, .aVALIDATEe");
    }

    @Test
    void nothingLongRunsUnderAStrongLock() {
        notNull("a", "c").notNull("a", "d").constraint("b", "e");
        assertThat(parts())
                .containsExactly(
                        ".aADDc, .aADDd, .bADDe",
                        ".aVALIDATEc, .aVALIDATEd, .bVALIDATEe, .acSETNOTNULL, .aDROPc,"
                                + " .adSETNOTNULL, .aDROPd");
    }

    @Test
    void whatNeedsThemDoesNotComeBeforeThem() {
        notNull("a", "c").constraint("b", "e");
        change.add(DdlStatement.alone("CREATE UNIQUE INDEX CONCURRENTLY k ON public.a (c)"));
        change.add(DdlStatement.of(alter("a") + "ADD PRIMARY KEY USING INDEX k"));
        assertThat(parts())
                .containsExactly(
                        ".aADDc, .bADDe",
                        ".aVALIDATEc, .acSETNOTNULL, .aDROPc",
                        "CREATEUNIQUEINDEXCONCURRENTLYkONpublic.a(c)",
                        ".aADDPRIMARYKEYUSINGINDEXk",
                        ".bVALIDATEe");
    }
}
