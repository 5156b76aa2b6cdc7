// SPDX-License-Identifier: Apache-2.0
package dev.skein.agent.cli.fleet.answer;

import com.fasterxml.jackson.annotation.JsonSetter;
import com.fasterxml.jackson.annotation.Nulls;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.skein.engine.Json;
import dev.skein.engine.SkeinException;
import java.util.List;
import java.util.Map;

/**
 * Reads answers of the services. What is not known of an answer is passed over; what a record wants
 * and an answer lacks is empty: no text, no list, zero.
 */
public final class AnswerReader {
    private static final ObjectMapper MAPPER = tolerant(Json.mapper().copy());

    private AnswerReader() {}

    private static ObjectMapper tolerant(ObjectMapper mapper) {
        var empty = JsonSetter.Value.forValueNulls(Nulls.AS_EMPTY);
        for (var type : List.of(String.class, List.class, Map.class)) {
            mapper.configOverride(type).setSetterInfo(empty);
        }
        return mapper;
    }

    /**
     * An answer as what it says.
     *
     * @throws SkeinException for an answer of another kind
     */
    public static <T> T read(JsonNode answer, Class<T> type) {
        try {
            var fields = answer.isObject() ? answer : MAPPER.createObjectNode();
            return MAPPER.treeToValue(fields, type);
        } catch (JsonProcessingException e) {
            throw SkeinException.failed(
                    "JSON for " + type.getSimpleName(),
                    "it cannot be read (" + e.getOriginalMessage() + ")",
                    "");
        }
    }

    /** A list of such answers. */
    public static <T> List<T> list(JsonNode answers, Class<T> type) {
        return answers.valueStream().map(answer -> read(answer, type)).toList();
    }
}
