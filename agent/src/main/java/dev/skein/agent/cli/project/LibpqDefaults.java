// SPDX-License-Identifier: Apache-2.0
package dev.skein.agent.cli.project;

import dev.skein.engine.SkeinException;
import dev.skein.engine.postgres.DatabaseAddress;
import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Fills in what an address leaves out, from where psql has it and in its order: the service that is
 * named, the environment, the usual values; a password last of all from the password file. See "The
 * Connection Service File", "Environment Variables" and "The Password File" in PostgreSQL's manual.
 */
public final class LibpqDefaults {
    private static final Pattern URL =
            Pattern.compile(
                    "postgres(?:ql)?://(?:([^/?]*)@)?(\\[[^\\]]*\\]|[^:/?]*)(?::(\\d*))?(?:/([^?]*))?(?:\\?(.*))?");

    private static final Map<String, String> VARIABLES =
            Map.of(
                    "host", "PGHOST",
                    "port", "PGPORT",
                    "user", "PGUSER",
                    "dbname", "PGDATABASE",
                    "password", "PGPASSWORD",
                    "sslmode", "PGSSLMODE",
                    "sslrootcert", "PGSSLROOTCERT",
                    "options", "PGOPTIONS");

    /** Where builds of libpq look for the system's service file: Debian's, Fedora's, others'. */
    private static final List<Path> SYSTEM =
            List.of(
                    Path.of("/etc/postgresql-common"),
                    Path.of("/etc/sysconfig/pgsql"),
                    Path.of("/etc/postgresql"),
                    Path.of("/etc"),
                    Path.of("/usr/local/pgsql/etc"),
                    Path.of("/usr/local/etc/postgresql"),
                    Path.of("/opt/homebrew/etc/postgresql"));

    private static final String SERVICES = "pg_service.conf";

    private final Function<String, @Nullable String> environment;
    private final Path home;
    private final String login;
    private final List<Path> system;

    LibpqDefaults(
            Function<String, @Nullable String> environment,
            Path home,
            String login,
            List<Path> system) {
        this.environment = environment;
        var named = environment.apply("HOME"); // precedes the account's own, as in libpq
        this.home = named == null || named.isEmpty() ? home : Path.of(named);
        this.login = login;
        this.system = List.copyOf(system);
    }

    /** As this process was started. */
    public static LibpqDefaults system() {
        return new LibpqDefaults(
                System::getenv,
                Path.of(System.getProperty("user.home", ".")),
                System.getProperty("user.name", "postgres"),
                SYSTEM);
    }

    /**
     * The whole address, with the password where there is one to be found.
     *
     * @param address as it was written
     * @param password what somebody said is the password; null to look for it
     * @throws SkeinException for a service that is not there, or a host that is none
     */
    public DatabaseAddress complete(DatabaseAddress address, @Nullable String password) {
        var m = URL.matcher(address.url());
        if (!m.matches()) {
            throw SkeinException.usage(
                    "Database " + address, "its url has a form that is not known", "Correct it");
        }
        var query = query(m.group(5));
        var service = service(query.remove("service"));
        var user = first(query.remove("user"), decoded(m.group(1)), asked(service, "user"), login);
        var host = host(first(query.remove("host"), m.group(2), asked(service, "host")));
        var port = first(query.remove("port"), m.group(3), asked(service, "port"), "5432");
        var name =
                first(query.remove("dbname"), decoded(m.group(4)), asked(service, "dbname"), user);
        for (var key : List.of("sslmode", "sslrootcert", "options")) {
            query.merge(key, asked(service, key), (given, other) -> given);
        }
        query.values().removeIf(String::isEmpty);
        var known = first(password, address.password(), asked(service, "password"));
        var found =
                known.isEmpty() ? passwordFile(service).find(bare(host), port, name, user) : known;
        return DatabaseAddress.parse(url(user, host, port, name, query)).withPassword(found);
    }

    /** Brackets belong to a url, not to the address in them. */
    private static String bare(String host) {
        return host.startsWith("[") ? host.substring(1, host.length() - 1) : host;
    }

    /** What the service says, else the environment. */
    private String asked(Map<String, String> service, String key) {
        return first(service.get(key), env(Objects.requireNonNull(VARIABLES.get(key))));
    }

    private static String url(
            String user, String host, String port, String name, Map<String, String> query) {
        var pairs = new ArrayList<String>();
        query.forEach((key, value) -> pairs.add(key + "=" + encoded(value)));
        return "postgresql://%s@%s:%s/%s%s%s"
                .formatted(
                        encoded(user),
                        host.contains(":") && !host.startsWith("[") ? "[" + host + "]" : host,
                        port,
                        encoded(name),
                        pairs.isEmpty() ? "" : "?",
                        String.join("&", pairs));
    }

    /** One host that is reached over TCP. */
    private String host(String given) {
        var host = first(given, env("PGHOSTADDR"), "localhost");
        if (host.startsWith("/") || host.startsWith("@") || host.contains(",")) {
            throw SkeinException.usage(
                    "Host '" + host + "'",
                    host.contains(",")
                            ? "these are several"
                            : "it is a folder of sockets, and Skein connects over TCP",
                    "Name one host in the url, or set PGHOST=localhost");
        }
        return host;
    }

    private Map<String, String> service(@Nullable String named) {
        var name = first(named, env("PGSERVICE"), "");
        if (name.isEmpty()) {
            return Map.of();
        }
        return ServiceFile.read(serviceFiles(), name);
    }

    /** The user's own, or the one that is named, which must be there; then the system's. */
    private List<Path> serviceFiles() {
        var named = first(env("PGSERVICEFILE"));
        var own = home.resolve("." + SERVICES);
        var files = new ArrayList<Path>();
        if (!named.isEmpty()) {
            files.add(Path.of(named));
        } else if (Files.exists(own)) {
            files.add(own);
        }
        var folder = first(env("PGSYSCONFDIR"));
        (folder.isEmpty() ? system : List.of(Path.of(folder)))
                .stream().map(f -> f.resolve(SERVICES)).filter(Files::exists).forEach(files::add);
        return files;
    }

    private PasswordFile passwordFile(Map<String, String> service) {
        var file = first(service.get("passfile"), env("PGPASSFILE"), "");
        return new PasswordFile(file.isEmpty() ? home.resolve(".pgpass") : Path.of(file));
    }

    private @Nullable String env(String name) {
        return environment.apply(name);
    }

    private static Map<String, String> query(@Nullable String text) {
        var query = new LinkedHashMap<String, String>();
        for (var pair : text == null ? List.<String>of() : List.of(text.split("&"))) {
            int equals = pair.indexOf('=');
            if (equals > 0) {
                query.put(pair.substring(0, equals), decoded(pair.substring(equals + 1)));
            }
        }
        return query;
    }

    /** The first that says something. */
    private static String first(@Nullable String... values) {
        for (var value : values) {
            if (value != null && !value.isEmpty()) {
                return value;
            }
        }
        return "";
    }

    private static String decoded(@Nullable String text) {
        // A '+' is itself here: this is no form.
        return text == null
                ? ""
                : URLDecoder.decode(text.replace("+", "%2B"), StandardCharsets.UTF_8);
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
    }
}
