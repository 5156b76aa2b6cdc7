// SPDX-License-Identifier: Apache-2.0
package dev.skein.agent.daemon.discover;

import static org.assertj.core.api.Assertions.assertThat;

import dev.skein.engine.SkeinException;
import dev.skein.engine.postgres.DatabaseAddress;
import dev.skein.engine.postgres.Unreachable;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("quick")
class SilentServersTest {
    private final SilentServers servers = new SilentServers();
    private final ServerDatabase a = place("main", "a", 1);
    private final ServerDatabase b = place("main", "b", 2);
    private final ServerDatabase c = place("other", "c", 3);

    private static ServerDatabase place(String server, String name, long oid) {
        var address = DatabaseAddress.parse("postgresql://u@127.0.0.1/" + name);
        return new ServerDatabase(
                server, name, oid, "7", 15, 1, address, Map.of(), 4, "eu/" + server);
    }

    private List<ServerDatabase> round() {
        return servers.round(List.of(a, b, c), place -> place);
    }

    @Test
    void oneThatIsSilentStandsForItsServerAndComesLastInTheNextRound() {
        assertThat(round()).containsExactly(a, b, c);
        servers.failed(a, new Unreachable("a", "no answer", "", true, null));
        assertThat(servers.isAway("main")).isTrue();
        assertThat(servers.isAway("other")).isFalse();
        assertThat(round()).containsExactly(b, c, a);
        assertThat(servers.isAway("main")).isFalse();
        servers.answered(a);
        assertThat(round()).containsExactly(a, b, c);
    }

    @Test
    void whatIsGoneIsForgotten() {
        servers.failed(a, new Unreachable("a", "no answer", "", true, null));
        servers.failed(b, new Unreachable("b", "no answer", "", true, null));
        assertThat(servers.roundOfAll(List.of(a, c), place -> place)).containsExactly(c, a);
        assertThat(servers.roundOfAll(List.of(a, b, c), place -> place)).containsExactly(b, c, a);
    }

    @Test
    void whoRefusesIsThere() {
        servers.failed(a, SkeinException.failed("a", "it belongs to another place", ""));
        assertThat(servers.isAway("main")).isFalse();
        assertThat(round()).containsExactly(a, b, c);
    }
}
