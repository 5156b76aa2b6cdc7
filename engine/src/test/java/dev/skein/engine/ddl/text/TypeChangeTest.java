// SPDX-License-Identifier: Apache-2.0
package dev.skein.engine.ddl.text;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Tag("quick")
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
                "character varying(200) | character varying(10) | false | true",
                "character varying(10) | text | false | false",
                "uuid | text | false | false",
                "text | integer | true | true",
                "text | uuid | true | false",
                "json | jsonb | true | true",
                "date | timestamp with time zone | false | true",
                "timestamp with time zone | date | false | true",
                "timestamp(6) without time zone | timestamp(0) without time zone | false | true",
                "timestamp without time zone | timestamp(6) without time zone | false | false",
                "timestamp without time zone | timestamp(3) with time zone | false | true",
                "timestamp without time zone | timestamp with time zone | false | true",
                "date[] | timestamp with time zone[] | true | true",
                "timestamp with time zone | timestamp without time zone | false | true",
                "timestamp without time zone | time without time zone | true | true",
                "timestamp with time zone | time without time zone | true | true",
                "time with time zone | time without time zone | true | true",
                "time without time zone | interval | true | false",
                "date | timestamp(0) without time zone | false | false",
                "text | date | true | true",
                "text | numeric(5,2) | true | true",
                "text | boolean | true | true",
                "text | json | true | false",
                "jsonb | json | true | false",
                "jsonb | text | false | false",
                "text | character(3) | false | true",
                "character(3) | text | false | false",
                "character varying(10) | character varying(20) | false | false",
                "text[] | character varying(3)[] | true | true",
                "integer[] | bigint[] | true | false",
                "bigint[] | real[] | true | true",
                "timestamp without time zone[] | date[] | true | true",
                "real | numeric | false | true",
                "bigint | double precision | false | true",
                "integer | numeric(5,-2) | false | true",
                "integer | boolean | true | true",
                "boolean | integer | true | false",
                "bit(8) | bit(4) | false | true",
                "inet | cidr | true | true",
                "cidr | inet | true | false",
                "public.mood | text | false | false",
                "public.mood | public.state | true | true",
                "text | public.short | true | true",
                "public.short | character varying(3) | false | true",
                "interval year to month | interval | true | false",
                "interval | interval day | true | true",
                "money | numeric | true | true",
                "integer | integer | false | false",
            })
    void valuesAreNeverCutUnsaid(String from, String to, boolean using, boolean loses) {
        var change = new TypeChange(from, to);
        assertThat(change.needsUsing()).isEqualTo(using);
        assertThat(change.loses()).isEqualTo(loses);
    }
}
