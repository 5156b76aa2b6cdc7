// SPDX-License-Identifier: Apache-2.0
package dev.skein.engine.proof;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Tag("quick")
class PlainEnvelopeTest {
    private final List<String> heard = new ArrayList<>();

    private boolean read(String json) {
        return PlainEnvelope.read(
                json.getBytes(StandardCharsets.UTF_8),
                new PlainEnvelope.Ear() {
                    @Override
                    public @Nullable String known(byte[] bytes, int from, int to) {
                        var name = new String(bytes, from, to - from, StandardCharsets.UTF_8);
                        return name.startsWith("x") ? null : name;
                    }

                    @Override
                    public boolean text(String name, String value) {
                        return heard.add(name + "=" + value);
                    }

                    @Override
                    public boolean number(String name, long value) {
                        return heard.add(name + ":" + value);
                    }
                });
    }

    @Test
    void whatIsKnownIsTold() {
        assertThat(
                        read(
                                "{\"uid\":\"ab\",\"seq\":12,\"x\":[\"a\",\"b\"],\"xx\":null,\"xn\":0,\"xe\":[],\"e\":\"\"}"))
                .isTrue();
        assertThat(heard).containsExactly("uid=ab", "seq:12", "e=");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "{",
                "{}",
                "{\"seq\":1}x",
                "{\"seq\":1",
                "{\"seq\":01}",
                "{\"seq\":-1}",
                "{\"seq\":1.5}",
                "{\"seq\":1e3}",
                "{\"seq\":1234567890123456789}",
                "{\"seq\":null}",
                "{\"seq\": 1}",
                "{\"seq\":1,}",
                "{\"xa\":[1]}",
                "{\"xa\":[\"a\",]}",
                "{\"xa\":{\"b\":1}}",
                "{\"xa\":true}",
                "{\"xa\":nul}",
                "{\"a\":\"\\u0061\"}",
                "{\"a\":\"ü\"}",
                "{\"a\":\"\t\"}",
                "[\"a\"]",
            })
    void anythingElseIsForTheParser(String json) {
        assertThat(read(json)).isFalse();
    }
}
