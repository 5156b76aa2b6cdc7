// SPDX-License-Identifier: Apache-2.0
package dev.skein.engine.event;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion;
import dev.skein.engine.ClassResources;
import dev.skein.engine.Json;
import dev.skein.engine.journal.Envelope;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Released files must be understood for ever; schemas must say what is sent. */
@Tag("quick")
class EventFormatTest {
    private static final Path GOLDEN = Path.of("src/test/resources/event/v1");
    private static final Map<String, Class<?>> TYPES =
            Map.of(
                    "request", Request.class,
                    "reply", Reply.class,
                    "catalog", CatalogRecord.class,
                    "journal-entry", JournalRecord.class,
                    "database-report", DatabaseReport.class,
                    "heartbeat", Heartbeat.class,
                    "directive", Directive.class,
                    "decision", DecisionRecord.class,
                    "recall", ResendRequest.class,
                    "bundle-manifest", BundleManifest.class);

    /** The names of the released files. */
    static Stream<String> names() {
        return TYPES.keySet().stream().sorted();
    }

    /** What one holds. */
    static Class<?> typeOf(String name) {
        return Objects.requireNonNull(TYPES.get(name));
    }

    @ParameterizedTest
    @MethodSource("names")
    void aReleasedFileIsUnderstoodWrittenAlikeAndFitsItsSchema(String name) throws Exception {
        check(name, name);
    }

    /** What is asked, and what is answered, has a file for each of its kinds. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "request-rehearse",
                "request-resend",
                "request-scan",
                "request-try-backup",
                "reply-problem",
                "reply-rehearsed",
                "reply-tried"
            })
    void aReleasedKindIsUnderstoodWrittenAlikeAndFitsItsSchema(String file) throws Exception {
        check(file, file.substring(0, file.indexOf('-')));
    }

    private static void check(String file, String name) throws IOException {
        var golden = Files.readString(GOLDEN.resolve(file + ".json"));
        var type = typeOf(name);
        var again = Json.text(Json.read(golden, type));
        var expected = Json.read(golden, JsonNode.class);
        var actual = Json.read(again, JsonNode.class);
        expected.properties()
                .forEach(field ->
                        assertThat(actual.get(field.getKey()))
                                .as(field.getKey())
                                .isEqualTo(field.getValue()));
        assertThat(validate(name, actual)).isEmpty();
    }

    private static Iterable<?> validate(String name, JsonNode value) {
        var text = ClassResources.text(Topics.class, "/event/" + name + ".v1.schema.json");
        return JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V202012)
                .getSchema(text)
                .validate(value);
    }

    @Test
    void aSchemaRefusesWhatIsNone() {
        assertThat(validate("directive", Json.read("{\"uid\":\"x\"}", JsonNode.class)))
                .isNotEmpty();
    }

    @Test
    void theReleasedJournalEntryIsIntact() throws Exception {
        var golden = Files.readAllBytes(GOLDEN.resolve("journal-entry.json"));
        var entry = Json.read(golden, JournalRecord.class).entry();
        assertThat(entry.isIntact()).isTrue();
        var envelope = Envelope.parse(entry.envelope());
        assertThat(envelope.revision()).isEqualTo("b100");
        assertThat(envelope.heads()).containsExactly("b100");
        assertThat(
                        Json.read(
                                        Files.readAllBytes(GOLDEN.resolve("decision.json")),
                                        DecisionRecord.class)
                                .isIntact())
                .isTrue();
    }

    @Test
    void unknownFieldsAreIgnored() {
        var manifest =
                Json.read(
                        "{\"digest\":\"d\",\"size\":1,\"chunks\":1,\"later\":2}",
                        BundleManifest.class);
        assertThat(manifest).isEqualTo(new BundleManifest("d", 1, 1));
    }

    @Test
    void theAsyncApiDocumentNamesEveryTopicAndSchema() {
        var document = ClassResources.text(Topics.class, "/event/asyncapi.yaml");
        for (var topic :
                new String[] {
                    Topics.JOURNAL,
                    Topics.INVENTORY,
                    Topics.AGENTS,
                    Topics.DECISIONS,
                    Topics.BUNDLES,
                    Topics.REPLIES,
                    Topics.CATALOGS,
                    Topics.RECALLS,
                    Topics.requests("{site}"),
                    Topics.directives("{site}")
                }) {
            assertThat(document).contains("address: " + topic);
        }
        TYPES.keySet().forEach(name -> assertThat(document).contains(name + ".v1.schema.json"));
    }

    @Test
    void attributesTravelAsCloudEventsHeaders() {
        var event = CloudEvent.of("i", "revision.applied", "/agents/eu-1", "u", Instant.EPOCH);
        assertThat(event.headers())
                .containsEntry("ce_specversion", "1.0")
                .containsEntry("ce_type", "dev.skein.revision.applied.v1")
                .containsEntry("ce_id", "i")
                .containsEntry("ce_source", "/agents/eu-1")
                .containsEntry("ce_subject", "u")
                .containsEntry("ce_time", "1970-01-01T00:00:00Z");
    }

    @Test
    void manifestsCountTheirChunks() {
        assertThat(BundleManifest.of("d", BundleManifest.CHUNK).chunks()).isEqualTo(1);
        assertThat(BundleManifest.of("d", BundleManifest.CHUNK + 1).chunks()).isEqualTo(2);
    }
}
