// SPDX-License-Identifier: Apache-2.0
package dev.skein.engine;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Tag("quick")
class GlobTest {
    @ParameterizedTest
    @CsvSource({
        "tenant_*, tenant_1, true",
        "tenant_*, tenant_, true",
        "tenant_*, x_tenant_, false",
        "*, anything, true",
        "a*b*c, aXbYc, true",
        "a*b*c, acb, false",
        "a*a, a, false",
        "abc, abc, true",
        "abc, abcd, false",
        "*x, yx, true",
        "*ab*ab*, abab, true",
        "*ab*ab*, aba, false",
    })
    void starsStandForAnyText(String pattern, String text, boolean matches) {
        assertThat(Glob.of(pattern).matches(text)).isEqualTo(matches);
    }
}
