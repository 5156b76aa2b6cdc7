// SPDX-License-Identifier: Apache-2.0
package dev.skein.agent.cli.fleet.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import dev.skein.agent.cli.fleet.answer.AnswerReader;
import dev.skein.agent.cli.fleet.answer.ListedBackup;
import dev.skein.agent.cli.fleet.answer.ListedDatabase;
import dev.skein.agent.cli.fleet.answer.LogEntry;
import dev.skein.engine.Json;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Tag("quick")
class FleetNameTest {
    private static final List<ListedDatabase> FLEET =
            Stream.of("eu/one/shop", "eu/two/shop", "us/one/shop", "us/one/my db", "us/one/a/b")
                    .map(FleetNameTest::database)
                    .toList();

    private static ListedDatabase database(String whole) {
        var parts = whole.split("/", 3);
        var map = Map.of("uid", whole, "site", parts[0], "server", parts[1], "name", parts[2]);
        return answer(map, ListedDatabase.class);
    }

    private static <T> T answer(Map<String, String> fields, Class<T> type) {
        return AnswerReader.read(Json.read(Json.bytes(fields), JsonNode.class), type);
    }

    @ParameterizedTest
    @CsvSource({
        "us/shop, us/one/shop",
        "eu/two/shop, eu/two/shop",
        "my db, us/one/my db",
        "us/my db, us/one/my db",
        "us/one/a/b, us/one/a/b",
    })
    void aDatabaseIsNamedAsItIsPrinted(String text, String uid) {
        assertThat(FleetName.parse(text).only(FLEET).uid()).isEqualTo(uid);
    }

    @ParameterizedTest
    @CsvSource({
        "shop, 'it may be any of 3. Name one of them: eu/one/shop, eu/two/shop, us/one/shop'",
        "eu/shop, 'it may be any of 2. Name one of them: eu/one/shop, eu/two/shop'",
        "ap/shop, the fleet has none of this name",
    })
    void anAmbiguousNameListsWhatItMayBe(String text, String says) {
        assertThatThrownBy(() -> FleetName.parse(text).only(FLEET)).hasMessageContaining(says);
    }

    @Test
    void whatAnAnswerPrintsCanBeSaidAgain() {
        var backup = answer(Map.of("site", "us", "database", "shop"), ListedBackup.class);
        assertThat(FleetName.printed(backup.site(), backup.database())).isEqualTo("us/shop");
        var gone = answer(Map.of("database", "shop"), ListedBackup.class);
        assertThat(FleetName.printed(gone.site(), gone.database())).isEqualTo("shop");
        var uid = "0".repeat(31) + "a";
        var known = Map.of("source", "db/" + uid + "/i", "database", "us/shop");
        assertThat(answer(known, LogEntry.class).whose()).isEqualTo("us/shop");
        var unknown = Map.of("source", "db/" + uid + "/i");
        assertThat(answer(unknown, LogEntry.class).whose()).isEqualTo(uid).matches("[0-9a-f]{32}");
        var decision = Map.of("source", "rollout/x");
        assertThat(answer(decision, LogEntry.class).whose()).isEqualTo("rollout/x");
    }
}
