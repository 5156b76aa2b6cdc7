// SPDX-License-Identifier: Apache-2.0
package dev.skein.engine.ddl;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TypeChangeTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "integer | bigint | false | false",
                "bigint | integer | false | false",
                "integer | numeric(12,2) | false | false",
                "numeric(10,4) | numeric(10,2) | false | true",
                "numeric(10,2) | numeric(14,2) | false | false",
                "numeric | numeric(10,2) | false | true",
                "double precision | integer | false | true",
                "real | double precision | false | false",
                "character varying(200) | character varying(10) | false | false",
                "character varying(10) | text | false | false",
                "uuid | text | false | false",
                "text | integer | true | false",
                "text | uuid | true | false",
                "json | jsonb | true | false",
                "date | timestamp with time zone | false | false",
                "timestamp with time zone | date | false | true",
                "timestamp(6) without time zone | timestamp(0) without time zone | false | true",
            })
    void valuesAreNeverCutUnsaid(String from, String to, boolean using, boolean loses) {
        var change = new TypeChange(from, to);
        assertThat(change.needsUsing()).isEqualTo(using);
        assertThat(change.loses()).isEqualTo(loses);
    }
}
