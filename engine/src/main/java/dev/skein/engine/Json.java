// SPDX-License-Identifier: Apache-2.0
package dev.skein.engine;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.MapperFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import java.io.IOException;
import java.nio.charset.StandardCharsets;

/** JSON as Skein writes and reads it: unknown fields are ignored, times are ISO-8601. */
public final class Json {
    private static final ObjectMapper MAPPER =
            JsonMapper.builder()
                    .addModule(new JavaTimeModule())
                    .disable(SerializationFeature.WRITE_DATES_AS_TIMESTAMPS)
                    .disable(SerializationFeature.WRITE_DURATIONS_AS_TIMESTAMPS)
                    .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
                    .enable(MapperFeature.ACCEPT_CASE_INSENSITIVE_ENUMS)
                    .build();

    private static final int LONGEST = 400;

    private Json() {}

    /** The shared mapper; do not reconfigure it. */
    public static ObjectMapper mapper() {
        return MAPPER;
    }

    public static byte[] bytes(Object value) {
        return text(value).getBytes(StandardCharsets.UTF_8);
    }

    /**
     * The text of a value.
     *
     * @throws IllegalArgumentException if it holds what JSON has no form for
     */
    public static String text(Object value) {
        try {
            return MAPPER.writeValueAsString(value);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("not to be written as JSON: " + value.getClass(), e);
        }
    }

    /**
     * Reads a value.
     *
     * @throws SkeinException for bytes that are not such a value
     */
    public static <T> T read(byte[] bytes, Class<T> type) {
        try {
            var value = MAPPER.readValue(bytes, type);
            if (value == null) {
                throw SkeinException.failed("JSON for " + type.getSimpleName(), "it is null", "");
            }
            return value;
        } catch (IOException e) {
            throw new SkeinException(
                    ErrorCode.FAILED,
                    "JSON for " + type.getSimpleName(),
                    "it cannot be read (" + words(e) + ")",
                    "",
                    e);
        }
    }

    /** So much as somebody reads: what is wrong may be a megabyte long. */
    private static String words(IOException e) {
        var words =
                e instanceof JsonProcessingException said
                        ? said.getOriginalMessage()
                        : String.valueOf(e.getMessage());
        return words.length() > LONGEST ? words.substring(0, LONGEST) + " …" : words;
    }

    /**
     * Reads an object whose values are texts.
     *
     * @throws SkeinException if it is none
     */
    public static java.util.Map<String, String> texts(String text) {
        try {
            return MAPPER.readValue(text, new TypeReference<>() {});
        } catch (JsonProcessingException e) {
            throw SkeinException.failed(
                    "JSON", "it cannot be read (" + e.getOriginalMessage() + ")", "");
        }
    }

    public static <T> T read(String text, Class<T> type) {
        return read(text.getBytes(StandardCharsets.UTF_8), type);
    }
}
