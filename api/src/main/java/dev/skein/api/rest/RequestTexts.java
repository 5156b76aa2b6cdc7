// SPDX-License-Identifier: Apache-2.0
package dev.skein.api.rest;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.deser.std.StdScalarDeserializer;
import com.fasterxml.jackson.databind.deser.std.StringDeserializer;
import com.fasterxml.jackson.databind.module.SimpleModule;
import io.quarkus.jackson.ObjectMapperCustomizer;
import jakarta.inject.Singleton;
import jakarta.ws.rs.container.ContainerRequestContext;
import java.io.IOException;
import java.io.Serial;
import java.util.Objects;
import org.jboss.resteasy.reactive.server.ServerRequestFilter;

/** Every text of a request is a {@link PlainText}: in its path, its query, and its JSON. */
@Singleton
public class RequestTexts implements ObjectMapperCustomizer {
    @Override
    public void customize(ObjectMapper mapper) {
        mapper.registerModule(new SimpleModule().addDeserializer(String.class, new Checked()));
    }

    @ServerRequestFilter
    void check(ContainerRequestContext request) {
        var uri = request.getUriInfo();
        PlainText.check("the path", uri.getPath());
        uri.getPathParameters()
                .values()
                .forEach(texts -> texts.forEach(text -> PlainText.check("the path", text)));
        uri.getQueryParameters()
                .forEach((name, texts) -> texts.forEach(text -> PlainText.check(name, text)));
    }

    private static final class Checked extends StdScalarDeserializer<String> {
        @Serial private static final long serialVersionUID = 1L;

        Checked() {
            super(String.class);
        }

        @Override
        public String deserialize(JsonParser from, DeserializationContext context)
                throws IOException {
            var text = StringDeserializer.instance.deserialize(from, context);
            PlainText.check(Objects.requireNonNullElse(from.currentName(), "a text"), text);
            return text;
        }
    }
}
