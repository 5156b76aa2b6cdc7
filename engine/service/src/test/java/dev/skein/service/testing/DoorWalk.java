// SPDX-License-Identifier: Apache-2.0
package dev.skein.service.testing;

import dev.skein.service.database.Db;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;

/** Walks through all doors with texts that are none; tells which answer was not as it must be. */
public final class DoorWalk implements AutoCloseable {
    /** What every bad text holds, so that it is found wherever it was stored. */
    private static final String MARK = "walkedinhere";

    private static final String LONG = MARK.repeat((1 << 20) / MARK.length() + 1);
    private static final List<String> BAD =
            List.of(MARK + "\0", MARK + "\u001b[2J", MARK + "\ud800.", LONG);
    private static final List<String> GOOD = List.of("odd\ufffe\u202e\ud83d\ude00", "");
    private static final Duration BOUND = Duration.ofMinutes(2);

    private final URI base;
    private final String token;
    private final HttpClient http = client();
    private int sent;

    /**
     * @param token of somebody who may do everything
     */
    public DoorWalk(URI base, String token) {
        this.base = base;
        this.token = token;
    }

    private static HttpClient client() {
        return HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .followRedirects(HttpClient.Redirect.NEVER)
                .build();
    }

    /** How many requests were made. */
    public int sent() {
        return sent;
    }

    /** Tries each text of each door; what is wrong, in words. */
    public List<String> findings(List<Door> doors) throws Exception {
        var findings = new ArrayList<String>();
        for (var door : doors) {
            for (var at : door.texts()) {
                for (var text : BAD) {
                    tryBad(door, at, text, findings);
                }
                for (var text : GOOD) {
                    var answer = send(http, door, at, text);
                    if (answer.statusCode() >= 500) {
                        findings.add(words(door, at, text, answer));
                    }
                }
            }
        }
        return findings;
    }

    private void tryBad(Door door, Door.Text at, String text, List<String> findings)
            throws Exception {
        try (var own = client()) { // a service may hang up, and that must not meet another one
            var answer = send(own, door, at, text);
            if (!isRefused(at, answer)) {
                findings.add(words(door, at, text, answer));
            }
        } catch (IOException e) {
            if (!text.equals(LONG)) { // such a one need not be heard to its end
                findings.add(door + " " + at + ": " + e);
            }
        }
    }

    /** Of a number or one of few words it matters only that it is none. */
    private static boolean isRefused(Door.Text at, HttpResponse<String> answer) {
        int status = answer.statusCode();
        var isClear =
                answer.body().contains("which is no text") || answer.body().contains(" characters");
        return switch (status) {
            case 413, 414, 431 -> true;
            case 401, 403 -> false;
            default -> status / 100 == 4 && (!at.isFree() || (status == 400 && isClear));
        };
    }

    private HttpResponse<String> send(HttpClient client, Door door, Door.Text at, String text)
            throws Exception {
        sent++;
        var request =
                door.request(base, at, text)
                        .header("Authorization", "Bearer " + token)
                        .timeout(BOUND)
                        .build();
        return client.send(request, BodyHandlers.ofString(StandardCharsets.UTF_8));
    }

    private static String words(Door door, Door.Text at, String text, HttpResponse<String> answer) {
        var body = answer.body();
        return "%s %s with %s: %d %s"
                .formatted(
                        door,
                        at,
                        text.equals(LONG)
                                ? "a long text"
                                : text.chars().mapToObj("%04x"::formatted).toList(),
                        answer.statusCode(),
                        body.substring(0, Math.min(body.length(), 200)));
    }

    /** The tables in which something of a bad text is stored. */
    public static List<String> stored(Db db) {
        var hex = HexFormat.of().formatHex(MARK.getBytes(StandardCharsets.UTF_8));
        return db.call(tx ->
                tx
                        .list(
                                "SELECT quote_ident(tablename) FROM pg_tables WHERE schemaname ="
                                        + " 'public'",
                                row -> row.getString(0))
                        .stream()
                        .filter(table ->
                                tx.list(
                                                        ("SELECT count(*) FROM %s t WHERE t::text"
                                                                        + " ~ '%s|%s'")
                                                                .formatted(table, MARK, hex),
                                                        row -> row.getLong(0))
                                                .getFirst()
                                        > 0)
                        .toList());
    }

    @Override
    public void close() {
        http.close();
    }
}
