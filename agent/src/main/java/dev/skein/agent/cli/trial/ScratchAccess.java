// SPDX-License-Identifier: Apache-2.0
package dev.skein.agent.cli.trial;

import dev.skein.agent.cli.common.Durations;
import dev.skein.agent.cli.common.Output;
import dev.skein.agent.cli.place.DatabasePlace;
import dev.skein.agent.cli.project.LibpqDefaults;
import dev.skein.agent.cli.project.ProjectFile;
import dev.skein.engine.SkeinException;
import dev.skein.engine.postgres.DatabaseAddress;
import dev.skein.engine.postgres.PgClient;
import dev.skein.engine.scratch.ScratchServer;
import dev.skein.engine.server.PostgresPrograms;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** How commands come to a scratch server. */
public final class ScratchAccess {
    @Option(
            names = "--postgres",
            paramLabel = "MAJOR",
            description =
                    "The version of the scratch server (default: as skein.yaml says, else the"
                            + " newest of this machine).")
    private @Nullable Integer major;

    @Option(
            names = "--timeout",
            paramLabel = "SECONDS|TIME",
            defaultValue = "60",
            converter = Durations.Seconds.class,
            description = "For each statement there (default: 1m).")
    private Duration timeout;

    @Option(
            names = "--superuser",
            description =
                    "Run everything there as superuser: for event triggers, untrusted extensions"
                            + " and their like, in files that you trust with this machine.")
    private boolean trusted;

    @Option(
            names = "--scratch-url",
            paramLabel = "URL",
            description =
                    "A server for scratch databases, instead of one that is started (default: as"
                            + " skein.yaml says).")
    private @Nullable String url;

    /** The bound for each statement. */
    public Duration bound() {
        return timeout;
    }

    /**
     * Starts a server.
     *
     * @param project may ask for a version
     */
    public ScratchServer start(PgClient client, @Nullable ProjectFile project, Output out) {
        var elsewhere = elsewhere(project);
        if (elsewhere != null) {
            if (out.isTerminal()) {
                out.say(out.dim("Making scratch databases at " + elsewhere));
            }
            return ScratchServer.at(client, elsewhere);
        }
        var wanted = project == null ? null : project.postgres();
        var version = major == null ? wanted : major;
        var programs = programs(version);
        if (out.isTerminal()) {
            out.say(out.dim("Starting a scratch server, PostgreSQL " + programs.major()));
        }
        return trusted
                ? ScratchServer.startTrusted(client, programs)
                : ScratchServer.start(client, programs);
    }

    /** The server that was named instead; never one with databases of the project. */
    private @Nullable DatabaseAddress elsewhere(@Nullable ProjectFile project) {
        var address = named(project);
        if (address != null && project != null && isLive(address, project)) {
            throw SkeinException.usage(
                    "Scratch server " + address.server(),
                    "databases of skein.yaml are on it",
                    "Name a server on which everything may be lost");
        }
        return address;
    }

    private @Nullable DatabaseAddress named(@Nullable ProjectFile project) {
        if (url != null) {
            return DatabasePlace.byUrl(url).address();
        }
        var configured = project == null ? null : project.scratch();
        return configured == null ? null : DatabasePlace.resolved("scratch", configured).address();
    }

    private static boolean isLive(DatabaseAddress address, ProjectFile project) {
        return project.databases().values().stream()
                .map(d -> LibpqDefaults.system().complete(d.address(), "").server())
                .anyMatch(server -> isSame(server, address.server()));
    }

    /** Whether two are the same host and port, whatever the host is called. */
    private static boolean isSame(String one, String other) {
        int a = one.lastIndexOf(':');
        int b = other.lastIndexOf(':');
        return one.substring(a).equals(other.substring(b))
                && addresses(one.substring(0, a)).stream()
                        .anyMatch(addresses(other.substring(0, b))::contains);
    }

    private static Set<String> addresses(String host) {
        var all = new HashSet<String>(Set.of(host));
        try {
            for (var address : InetAddress.getAllByName(host)) {
                all.add(address.isLoopbackAddress() ? "loopback" : address.getHostAddress());
            }
        } catch (UnknownHostException e) {
            return all; // then it is known by its name alone
        }
        return all;
    }

    private static PostgresPrograms programs(@Nullable Integer version) {
        var packaged = Optional.ofNullable(System.getProperty("skein.postgres.jar")).map(Path::of);
        var unpackTo = Path.of(System.getProperty("user.home"), ".cache", "skein", "postgres");
        if (version == null) {
            return PostgresPrograms.find(packaged, unpackTo);
        }
        var known = new ArrayList<>(PostgresPrograms.installed());
        var chosen = System.getenv("SKEIN_POSTGRES_BIN");
        if (chosen != null) {
            PostgresPrograms.at(Path.of(chosen)).ifPresent(known::add);
        }
        packaged.ifPresent(jar -> known.add(PostgresPrograms.unpack(jar, unpackTo)));
        return known.stream()
                .filter(programs -> programs.major() == version)
                .findFirst()
                .orElseThrow(() -> missing(version, known));
    }

    private static SkeinException missing(int version, List<PostgresPrograms> known) {
        var majors = known.stream().map(p -> String.valueOf(p.major()));
        return SkeinException.failed(
                "Scratch server",
                "this machine has no PostgreSQL " + version,
                "It has: " + majors.collect(Collectors.joining(", ")));
    }
}
