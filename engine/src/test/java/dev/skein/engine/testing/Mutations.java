// SPDX-License-Identifier: Apache-2.0
package dev.skein.engine.testing;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.skein.engine.Digests;
import dev.skein.engine.Json;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Random;

/**
 * Records as nobody sends them: a good one with something else in it. Of a record that carries an
 * envelope, that is changed as often, with hashes that fit, as a forger would.
 */
public final class Mutations {
    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

    /** What no writer writes: it is put into the text where these stand. */
    private static final Map<String, String> RAW =
            Map.of(
                    "\"@no number@\"", "NaN",
                    "\"@beyond@\"", "1e999",
                    "\"@longer@\"", "9".repeat(400),
                    "\"@deep@\"", "[".repeat(3_000) + "]".repeat(3_000),
                    "@half@", "\\ud800",
                    "@other half@", "\\udfff");

    private static final List<JsonNode> ODD =
            List.of(
                    NODES.nullNode(),
                    NODES.booleanNode(true),
                    NODES.numberNode(-1),
                    NODES.numberNode(0),
                    NODES.numberNode(Long.MAX_VALUE),
                    NODES.numberNode(Integer.MIN_VALUE),
                    NODES.numberNode(1.5e300),
                    NODES.textNode(""),
                    NODES.textNode("a\0b"),
                    NODES.textNode("\0"),
                    NODES.textNode("@no number@"),
                    NODES.textNode("@beyond@"),
                    NODES.textNode("@longer@"),
                    NODES.textNode("@deep@"),
                    NODES.textNode("a @half@ b"),
                    NODES.textNode("@other half@"),
                    NODES.textNode("x".repeat(9_000)),
                    NODES.textNode("\u202e\u0007\u001b[31m"),
                    NODES.textNode("a kind of a later version"),
                    NODES.textNode("+294277-01-01T00:00:00Z"),
                    NODES.textNode("-999999999-01-01T00:00:00Z"),
                    NODES.textNode("../../etc"),
                    NODES.textNode("F".repeat(32)),
                    NODES.arrayNode().add("a").add("a\0").add(1),
                    NODES.objectNode().put("type", "approved"));

    private final Random random;
    private final int largest;

    /**
     * @param seed the same one gives the same records
     * @param largest so many bytes has a record that hardly goes through
     */
    public Mutations(long seed, int largest) {
        this.random = new Random(seed);
        this.largest = largest;
    }

    /** The next record made of a good one. */
    public byte[] next(byte[] good) {
        int kind = random.nextInt(2_000);
        if (kind == 0) {
            return huge(good);
        }
        return switch (kind % 10) {
            case 0, 1 -> bytes(good);
            case 2, 3, 4 -> bytes(rendered(changed(good)));
            case 5 -> bytes(rendered(later(good)));
            default -> enveloped(good);
        };
    }

    private byte[] bytes(byte[] good) {
        var text = new String(good, StandardCharsets.UTF_8);
        return switch (random.nextInt(9)) {
            case 0 -> Arrays.copyOf(good, random.nextInt(good.length));
            case 1 -> flipped(good);
            case 2 -> noise();
            case 3 -> bytes(text + "}");
            case 4 -> bytes(text.replaceFirst("\\{", "{" + twice()));
            case 5 -> new byte[0];
            case 6 -> text.getBytes(StandardCharsets.UTF_16);
            case 7 ->
                    text.replaceFirst(":\\s*\"", ": \"\u00e4")
                            .getBytes(StandardCharsets.ISO_8859_1);
            default -> bytes(pick(List.of("null", "[]", "7", "\"text\"", "{}", "[".repeat(9_000))));
        };
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private String twice() {
        var name = pick(List.of("uid", "seq", "stream", "site", "agent", "at", "request"));
        return "\"" + name + "\": " + pick(List.of("1", "\"b\"", "null", "{}")) + ", ";
    }

    private <T> T pick(List<T> list) {
        return list.get(random.nextInt(list.size()));
    }

    private byte[] flipped(byte[] good) {
        var other = good.clone();
        other[random.nextInt(other.length)] ^= (byte) (1 << random.nextInt(8));
        return other;
    }

    private byte[] noise() {
        var noise = new byte[random.nextInt(300)];
        random.nextBytes(noise);
        return noise;
    }

    /** As much as goes through, in a field that is known or in one that is not. */
    private byte[] huge(byte[] good) {
        var tree = Json.read(good, ObjectNode.class);
        var names = new ArrayList<>(List.of("later"));
        tree.fieldNames().forEachRemaining(names::add);
        return bytes(tree.put(pick(names), "x".repeat(largest - good.length)).toString());
    }

    /** As a later version may write it: with more. */
    private JsonNode later(byte[] good) {
        var tree = Json.read(good, ObjectNode.class);
        tree.put("laterNumber", random.nextInt());
        return tree.set("later", NODES.objectNode().put("v", 2).set("list", NODES.arrayNode(2)));
    }

    private JsonNode changed(byte[] good) {
        var tree = Json.read(good, JsonNode.class);
        for (int n = random.nextInt(3); n >= 0; n--) {
            change(tree);
        }
        return tree;
    }

    private static String rendered(JsonNode tree) {
        var text = Json.text(tree);
        for (var raw : RAW.entrySet()) {
            text = text.replace(raw.getKey(), raw.getValue());
        }
        return text;
    }

    /** Puts something else into a place of a document. */
    private void change(JsonNode tree) {
        var places = new ArrayList<JsonNode>();
        containers(tree, places);
        if (places.isEmpty()) {
            return;
        }
        var odd = pick(ODD).deepCopy();
        switch (pick(places)) {
            case ObjectNode object -> change(object, odd);
            case ArrayNode array -> array.add(odd);
            case JsonNode other -> throw new IllegalStateException("no container: " + other);
        }
    }

    private void change(ObjectNode object, JsonNode odd) {
        var names = new ArrayList<String>();
        object.fieldNames().forEachRemaining(names::add);
        var name = names.isEmpty() ? "later" : pick(names);
        switch (random.nextInt(8)) {
            case 0 -> object.remove(name);
            case 1 -> object.set("later", odd);
            default -> object.set(name, odd);
        }
    }

    private static void containers(JsonNode node, List<JsonNode> into) {
        if (node.isContainerNode()) {
            into.add(node);
            node.forEach(child -> containers(child, into));
        }
    }

    private byte[] enveloped(byte[] good) {
        var record = Json.read(good, ObjectNode.class);
        if (!record.path("envelope").isTextual()) {
            return bytes(rendered(changed(good)));
        }
        var says = changed(Base64.getDecoder().decode(record.path("envelope").asText()));
        var envelope = bytes(rendered(says));
        record.put("envelope", Base64.getEncoder().encodeToString(envelope));
        if (random.nextBoolean()) {
            follow(record, says);
        }
        var prev = Digests.bytes(record.path("prevHash").asText());
        record.put("hash", Digests.hex(Digests.sha256(prev, envelope)));
        return bytes(rendered(record));
    }

    /** Has the record say what its envelope does. */
    private static void follow(ObjectNode record, JsonNode says) {
        for (var name : List.of("uid", "incarnation", "seq", "stream")) {
            if (record.has(name) && says.has(name)) {
                record.set(name, says.get(name));
            }
        }
    }
}
