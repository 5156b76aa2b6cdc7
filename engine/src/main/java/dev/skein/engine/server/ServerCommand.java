// SPDX-License-Identifier: Apache-2.0
package dev.skein.engine.server;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** The words that run a server. */
final class ServerCommand {
    /** Runs a server; if standard input ends before it does, ends it and deletes its folder. */
    private static final String TIED =
            "trap '' INT TERM HUP; home=$1; shift; exec 3<&0; \"$@\" 3<&- & server=$!; { cat <&3"
                    + " >/dev/null; : > \"$home/over\"; kill -QUIT $server; } & watch=$!; wait"
                    + " $server; kill -KILL $watch; [ ! -e \"$home/over\" ] || rm -rf \"$home\"";

    private ServerCommand() {}

    /** A server on a data folder. */
    static List<String> of(
            PostgresPrograms programs, Path data, int port, Map<String, String> settings) {
        var words = new ArrayList<>(List.of(programs.program("postgres"), "-D", data.toString()));
        set(words, "port", String.valueOf(port));
        set(words, "listen_addresses", "127.0.0.1");
        set(words, "unix_socket_directories", "");
        set(words, "max_connections", "200");
        settings.forEach((name, value) -> set(words, name, value));
        return words;
    }

    /** One that ends, and whose home is deleted, when its standard input ends. */
    static List<String> tied(Path home, List<String> server) {
        var words = new ArrayList<>(List.of("/bin/sh", "-c", TIED, "sh", home.toString()));
        words.addAll(server);
        return words;
    }

    private static void set(List<String> words, String name, String value) {
        words.add("-c");
        words.add(name + "=" + value);
    }
}
