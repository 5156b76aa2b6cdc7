// SPDX-License-Identifier: Apache-2.0
package dev.skein.engine.generate;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("quick")
class UnqualifiedNamesTest {
    @Test
    void onlyNamesLoseTheirSchema() {
        assertThat(
                        UnqualifiedNames.of(
                                "SELECT 'public.a''public.b', \"public.c\"\"public.d\","
                                        + " $$public.e$$ FROM public.f, 'public.g'::regclass --"
                                        + " public.h"))
                .isEqualTo(
                        "SELECT 'public.a''public.b', \"public.c\"\"public.d\", $$public.e$$ FROM"
                                + " f, 'g'::regclass -- public.h");
    }

    @Test
    void aLongTextIsReadAsAnyOther() {
        var text = "'" + "x''".repeat(100_000) + "'";
        assertThat(UnqualifiedNames.of("SELECT " + text + " FROM public.t"))
                .isEqualTo("SELECT " + text + " FROM t");
    }
}
