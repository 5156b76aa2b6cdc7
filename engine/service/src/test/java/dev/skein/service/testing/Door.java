// SPDX-License-Identifier: Apache-2.0
package dev.skein.service.testing;

import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.core.json.JsonWriteFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * A way into a service.
 *
 * @param path as a template, with what its parts must match
 * @param type of what is sent
 * @param texts what comes in through it
 * @param body a document that it takes; missing where it takes none
 */
public record Door(String method, String path, String type, List<Text> texts, JsonNode body) {
    static final String FINE = "fine";

    private static final Pattern PART = Pattern.compile("\\{(\\w+)(?:: *([^}]+))?}");
    private static final JsonMapper ASCII =
            JsonMapper.builder().enable(JsonWriteFeature.ESCAPE_NON_ASCII).build();

    /** Where a text is in a request. */
    public enum TextPlace {
        PATH,
        QUERY,
        FORM,
        JSON,
        BYTES
    }

    /**
     * A text that comes in.
     *
     * @param name of the parameter; in a document, a pointer
     * @param isFree whether it is a text for the service, too, and not a number or one of few words
     */
    public record Text(TextPlace where, String name, boolean isFree) {}

    /** A request in which one text is another one, and all the others are fine. */
    HttpRequest.Builder request(URI base, Text at, String text) {
        var uri = base.resolve(uri(at, text));
        var request = HttpRequest.newBuilder(uri).header("Content-Type", type);
        return request.method(
                method,
                method.equals("GET")
                        ? BodyPublishers.noBody()
                        : BodyPublishers.ofString(body(at, text), StandardCharsets.UTF_8));
    }

    private String uri(Text at, String text) {
        var filled =
                PART.matcher(path)
                        .replaceAll(part ->
                                Matcher.quoteReplacement(
                                        encoded(
                                                is(at, TextPlace.PATH, part.group(1))
                                                        ? text
                                                        : fitting(part.group(2)))));
        return at.where() == TextPlace.QUERY
                ? filled + "?" + at.name() + "=" + encoded(text)
                : filled;
    }

    private static boolean is(Text at, TextPlace where, String name) {
        return at.where() == where && at.name().equals(name);
    }

    /** Something that a part of a path may be. */
    private static String fitting(@org.jspecify.annotations.Nullable String regex) {
        if (regex == null) {
            return "1";
        }
        return List.of("1", regex.split("\\|", 2)[0]).stream()
                .filter(one -> one.matches(regex))
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("what matches " + regex + "?"));
    }

    private String body(Text at, String text) {
        return switch (at.where()) {
            case BYTES -> text;
            case JSON -> json(changed(JsonPointer.compile(at.name()), text));
            default ->
                    body.isMissingNode()
                            ? texts.stream()
                                    .filter(one -> one.where() == TextPlace.FORM)
                                    .map(one ->
                                            one.name()
                                                    + "="
                                                    + encoded(one.equals(at) ? text : FINE))
                                    .collect(Collectors.joining("&"))
                            : json(body);
        };
    }

    private JsonNode changed(JsonPointer place, String text) {
        var tree = body.deepCopy();
        switch (tree.at(place.head())) {
            case ObjectNode object -> object.put(place.last().getMatchingProperty(), text);
            case ArrayNode array ->
                    array.set(place.last().getMatchingIndex(), TextNode.valueOf(text));
            default -> throw new IllegalStateException(place + " in " + tree);
        }
        return tree;
    }

    private static String json(JsonNode tree) {
        try {
            return ASCII.writeValueAsString(tree);
        } catch (com.fasterxml.jackson.core.JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }

    /** In percents; half of a character as the bytes that it would be. */
    private static String encoded(String text) {
        var encoded = new StringBuilder();
        text.codePoints()
                .forEach(c -> {
                    if (c < 128 && Character.isLetterOrDigit(c)) {
                        encoded.append((char) c);
                    } else if (Character.getType(c) == Character.SURROGATE) {
                        encoded.append("%ED%A0%80");
                    } else {
                        for (byte b : Character.toString(c).getBytes(StandardCharsets.UTF_8)) {
                            encoded.append("%%%02X".formatted(b));
                        }
                    }
                });
        return encoded.toString();
    }

    static JsonNode none() {
        return MissingNode.getInstance();
    }

    @Override
    public String toString() {
        return method + " " + path;
    }
}
