// SPDX-License-Identifier: Apache-2.0
package dev.skein.service.rest;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.deser.std.StdScalarDeserializer;
import com.fasterxml.jackson.databind.deser.std.StringDeserializer;
import com.fasterxml.jackson.databind.module.SimpleModule;
import dev.skein.engine.SkeinException;
import io.quarkus.jackson.ObjectMapperCustomizer;
import jakarta.inject.Singleton;
import jakarta.ws.rs.container.ContainerRequestContext;
import java.io.IOException;
import java.io.Serial;
import java.util.Objects;
import org.jboss.resteasy.reactive.server.ServerRequestFilter;
import org.jboss.resteasy.reactive.server.WithFormRead;
import org.jboss.resteasy.reactive.server.core.CurrentRequestManager;
import org.jboss.resteasy.reactive.server.core.multipart.FormData;
import org.jspecify.annotations.Nullable;

/** Every text of a request is a {@link PlainText}: in path, query, form, and JSON. */
@Singleton
public class RequestTexts implements ObjectMapperCustomizer {
    /** What a decoder puts where it could read nothing. */
    private static final char UNREADABLE = '\ufffd';

    @Override
    public void customize(ObjectMapper mapper) {
        mapper.registerModule(new SimpleModule().addDeserializer(String.class, new Checked()));
    }

    /** Refuses what is no text; a form is read before it comes here. */
    @ServerRequestFilter
    @WithFormRead
    public void check(ContainerRequestContext request) {
        var uri = request.getUriInfo();
        decoded("the path", uri.getPath());
        uri.getPathParameters()
                .values()
                .forEach(texts -> texts.forEach(text -> decoded("the path", text)));
        uri.getQueryParameters()
                .forEach((name, texts) -> {
                    decoded("a name", name);
                    texts.forEach(text -> decoded(name, text));
                });
        // What the filter is handed is wrapped, and knows of no form.
        check(CurrentRequestManager.get().getFormData());
    }

    private static void check(@Nullable FormData form) {
        if (form == null) {
            return;
        }
        for (var name : form) {
            decoded("a name", name);
            form.get(name).stream()
                    .filter(value -> !value.isFileItem())
                    .forEach(value -> decoded(name, value.getValue()));
        }
    }

    private static void decoded(String what, String text) {
        PlainText.check(what, text);
        if (text.indexOf(UNREADABLE) >= 0) {
            throw SkeinException.usage(
                    "Request",
                    what + " holds bytes that are no UTF-8, which is no text",
                    "Send it in UTF-8");
        }
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
