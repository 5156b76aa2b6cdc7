// SPDX-License-Identifier: Apache-2.0
package dev.skein.engine.postgres;

import dev.skein.engine.SkeinException;
import io.vertx.core.net.PemTrustOptions;
import io.vertx.pgclient.PgConnectOptions;
import io.vertx.pgclient.SslMode;
import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Where a database is and who connects. Its text form never contains the password.
 *
 * @param url the address without a password: {@code
 *     postgresql://user@host:port/database?sslmode=…&sslrootcert=…}
 * @param password the password, if one is needed
 */
public record DatabaseAddress(String url, @Nullable String password) {
    private static final Pattern QUERY_PASSWORD = Pattern.compile("[?&]password=");
    private static final Pattern NOTHING_NAMED =
            Pattern.compile("^(postgres(?:ql)?://[^/?]*)/(?=$|\\?[^@]*$)");
    private static final Pattern ROOT = Pattern.compile("([?&])sslrootcert=([^&]*)&?");
    private static final String FORM = "postgresql://user:password@host:5432/database";

    /**
     * Reads an address.
     *
     * @param text {@code postgres://} or {@code postgresql://}, as libpq takes it
     * @throws SkeinException for text that is no such address; the message hides any password
     */
    public static DatabaseAddress parse(String text) {
        var url = NOTHING_NAMED.matcher(text).replaceFirst("$1");
        refuseOther(url);
        try {
            int from = url.indexOf("://") + 3;
            int end = authorityEnd(url, from);
            int at = url.lastIndexOf('@', end - 1);
            int colon = at < from ? -1 : url.substring(0, at).indexOf(':', from);
            if (colon < 0) {
                return checked(new DatabaseAddress(url, null));
            }
            var password = PgConnectOptions.fromUri(url).getPassword();
            var shown = url.substring(0, colon) + url.substring(at);
            return checked(new DatabaseAddress(shown, password));
        } catch (IllegalArgumentException e) {
            throw SkeinException.usage(
                    "Database url", "it cannot be read as an address", "Write it like " + FORM);
        }
    }

    private static void refuseOther(String url) {
        if (!url.startsWith("postgresql://") && !url.startsWith("postgres://")) {
            throw SkeinException.usage(
                    "Database url",
                    "it does not start with postgresql://",
                    "Write it like " + FORM);
        }
        if (QUERY_PASSWORD.matcher(url).find()) {
            throw SkeinException.usage(
                    "Database url", "the password stands behind a '?'", "Write it like " + FORM);
        }
    }

    /**
     * An address whose url names no user.
     *
     * @param url {@code postgresql://host:port/database?…}
     * @throws SkeinException for text that is no such address
     */
    public static DatabaseAddress of(String url, String user, String password) {
        int from = url.indexOf("://") + 3;
        return parse(url.substring(0, from) + encoded(user) + "@" + url.substring(from))
                .withPassword(password);
    }

    /** Where user, host and port end: at the path or the query, in which an '@' is but a letter. */
    private static int authorityEnd(String url, int from) {
        int end = from;
        while (end < url.length() && url.charAt(end) != '/' && url.charAt(end) != '?') {
            end++;
        }
        return end;
    }

    private static DatabaseAddress checked(DatabaseAddress address) {
        address.options();
        return address;
    }

    /** The same with another password, or with none. */
    public DatabaseAddress withPassword(@Nullable String other) {
        return new DatabaseAddress(url, other);
    }

    /** The same server, another database, whatever its name. */
    public DatabaseAddress withDatabase(String name) {
        int from = url.indexOf("://") + 3;
        int end = authorityEnd(url, from);
        int query = url.indexOf('?', end);
        return new DatabaseAddress(
                url.substring(0, end)
                        + "/"
                        + encoded(name)
                        + (query < 0 ? "" : url.substring(query)),
                password);
    }

    private static String encoded(String name) {
        return URLEncoder.encode(name, StandardCharsets.UTF_8).replace("+", "%20");
    }

    /** {@code host:port}. */
    public String server() {
        var options = options();
        return options.getHost() + ":" + options.getPort();
    }

    public String database() {
        return options().getDatabase();
    }

    public String user() {
        return options().getUser();
    }

    PgConnectOptions options() {
        var root = ROOT.matcher(url);
        var named = root.find();
        var file = named ? URLDecoder.decode(root.group(2), StandardCharsets.UTF_8) : null;
        var options = PgConnectOptions.fromUri(named ? root.replaceFirst("$1") : url);
        verify(options, file == null ? System.getenv("PGSSLROOTCERT") : file);
        // Settings behind the '?' must not take away the ones that answers are read with.
        new PgConnectOptions()
                .getProperties()
                .forEach((key, value) -> options.getProperties().putIfAbsent(key, value));
        return options.setPassword(password == null ? "" : password); // never the driver's guess
    }

    /** As libpq: the certificates that are trusted come from a file. */
    private static void verify(PgConnectOptions options, @Nullable String root) {
        var full = options.getSslMode() == SslMode.VERIFY_FULL;
        if (!full && options.getSslMode() != SslMode.VERIFY_CA) {
            return;
        }
        if (root == null) {
            throw SkeinException.usage(
                    "Database url",
                    "sslmode=verify-" + (full ? "full" : "ca") + " needs certificates to trust",
                    "Name their file: sslrootcert=… behind it, or PGSSLROOTCERT");
        }
        options.setTrustOptions(new PemTrustOptions().addCertPath(root));
        options.setHostnameVerificationAlgorithm(full ? "HTTPS" : "");
    }

    @Override
    public String toString() {
        return url;
    }
}
