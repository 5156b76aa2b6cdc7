// SPDX-License-Identifier: Apache-2.0
package dev.skein.service.testing;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.CookieParam;
import jakarta.ws.rs.FormParam;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.HttpMethod;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.QueryParam;
import java.io.IOException;
import java.lang.reflect.AnnotatedElement;
import java.lang.reflect.Method;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.nio.file.Files;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Consumer;

/** All ways into a service, as the annotations of its classes tell: a new one is among them. */
public final class Doors {
    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;
    private static final java.nio.file.Path CLASSES = java.nio.file.Path.of("target/classes");

    private Doors() {}

    /** Those of the module whose tests run. */
    public static List<Door> all() throws IOException {
        try (var files = Files.walk(CLASSES)) {
            return files.map(file -> CLASSES.relativize(file).toString())
                    .filter(file -> file.endsWith(".class") && file.contains("/"))
                    .map(file -> file.substring(0, file.length() - 6).replace('/', '.'))
                    .map(Doors::resource)
                    .flatMap(Optional::stream)
                    .flatMap(type -> Arrays.stream(type.getMethods()).map(m -> door(type, m)))
                    .flatMap(Optional::stream)
                    .sorted(Comparator.comparing(Door::toString))
                    .toList();
        }
    }

    private static Optional<Class<?>> resource(String name) {
        try {
            var loader = Thread.currentThread().getContextClassLoader();
            Class<?> type = Class.forName(name, false, loader);
            return type.isAnnotationPresent(Path.class) ? Optional.of(type) : Optional.empty();
        } catch (ClassNotFoundException | LinkageError e) {
            throw new IllegalStateException(name, e);
        }
    }

    private static Optional<Door> door(Class<?> resource, Method method) {
        return Arrays.stream(method.getAnnotations())
                .map(a -> a.annotationType().getAnnotation(HttpMethod.class))
                .filter(Objects::nonNull)
                .findFirst()
                .map(http -> door(http.value(), path(resource) + path(method), method));
    }

    private static String path(AnnotatedElement element) {
        var path = element.getAnnotation(Path.class);
        return path == null ? "" : path.value().startsWith("/") ? path.value() : "/" + path.value();
    }

    private static Door door(String http, String path, Method method) {
        var texts = new ArrayList<Door.Text>();
        var body = Door.none();
        var consumes = method.getAnnotation(Consumes.class);
        var type = consumes == null ? "application/json" : consumes.value()[0];
        for (var parameter : method.getParameters()) {
            if (parameter.isAnnotationPresent(BeanParam.class)) {
                for (var field : parameter.getType().getDeclaredFields()) {
                    add(field, field.getType(), texts::add);
                }
            } else if (!add(parameter, parameter.getType(), texts::add)) {
                if (type.equals("application/json")) {
                    body = sample(parameter.getParameterizedType());
                    find("", body, texts::add);
                } else {
                    texts.add(new Door.Text(Door.TextPlace.BYTES, "body", false));
                }
            }
        }
        return new Door(http, path, type, texts.stream().map(t -> bound(path, t)).toList(), body);
    }

    /** What must match something in the path is found nowhere where it does not. */
    private static Door.Text bound(String path, Door.Text text) {
        var isBound = text.where() == Door.TextPlace.PATH && path.contains("{" + text.name() + ":");
        return isBound ? new Door.Text(text.where(), text.name(), false) : text;
    }

    /** Adds a parameter that is a text; whether it is a parameter at all, and no document. */
    private static boolean add(AnnotatedElement element, Class<?> type, Consumer<Door.Text> texts) {
        var isFree = type == String.class;
        var path = element.getAnnotation(PathParam.class);
        var query = element.getAnnotation(QueryParam.class);
        var form = element.getAnnotation(FormParam.class);
        if (path != null) {
            texts.accept(new Door.Text(Door.TextPlace.PATH, path.value(), isFree));
        } else if (query != null) {
            texts.accept(new Door.Text(Door.TextPlace.QUERY, query.value(), isFree));
        } else if (form != null) {
            texts.accept(new Door.Text(Door.TextPlace.FORM, form.value(), isFree));
        }
        return path != null
                || query != null
                || form != null
                || element.isAnnotationPresent(HeaderParam.class)
                || element.isAnnotationPresent(CookieParam.class);
    }

    /** A value of a type as JSON, with fine texts. */
    private static JsonNode sample(Type type) {
        if (type instanceof ParameterizedType list) {
            return NODES.arrayNode().add(sample(list.getActualTypeArguments()[0]));
        }
        if (!(type instanceof Class<?> plain)) {
            throw new IllegalStateException("no example of " + type);
        }
        if (plain.isRecord()) {
            var object = NODES.objectNode();
            for (RecordComponent part : plain.getRecordComponents()) {
                object.set(part.getName(), sample(part.getGenericType()));
            }
            return object;
        }
        if (plain == JsonNode.class || plain == byte[].class) {
            var object = NODES.objectNode().put("text", Door.FINE);
            object.putArray("list").add(Door.FINE).addObject().put("text", Door.FINE);
            return object;
        }
        return plain == String.class
                ? NODES.textNode(Door.FINE)
                : plain == Instant.class
                        ? NODES.textNode("2026-11-22T10:00:00Z")
                        : plain == Boolean.class || plain == boolean.class
                                ? NODES.booleanNode(true)
                                : NODES.numberNode(1);
    }

    private static void find(String place, JsonNode tree, Consumer<Door.Text> texts) {
        if (tree.isTextual() && tree.asText().equals(Door.FINE)) {
            texts.accept(new Door.Text(Door.TextPlace.JSON, place, true));
        }
        tree.properties().forEach(f -> find(place + "/" + f.getKey(), f.getValue(), texts));
        for (int n = 0; tree.isArray() && n < tree.size(); n++) {
            find(place + "/" + n, tree.get(n), texts);
        }
    }
}
