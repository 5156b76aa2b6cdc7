// SPDX-License-Identifier: Apache-2.0
package dev.skein.engine.postgres;

import io.vertx.pgclient.PgException;
import java.net.ConnectException;
import java.net.UnknownHostException;
import java.time.Duration;

/** Says why a connection could not be made. */
final class ConnectFailure {
    private static final String NO_PASSWORD = "the server wants a password, and none was given";
    private static final String PASSWORD_HINT =
            "Set PGPASSWORD, or write password: env:NAME beside the url";

    private ConnectFailure() {}

    static Unreachable silent(DatabaseAddress address, Duration bound, Throwable cause) {
        return unreachable(
                address,
                "no answer within " + bound.toSeconds() + " s",
                "Check the address and the firewall",
                cause);
    }

    static Unreachable explain(DatabaseAddress address, Throwable cause) {
        return switch (cause) {
            case PgException e -> refused(address, e);
            // The driver's own refusal to begin SCRAM without one.
            case IllegalArgumentException e when address.password() == null ->
                    unreachable(address, NO_PASSWORD, PASSWORD_HINT, e);
            case UnknownHostException e ->
                    unreachable(address, "the host name is not known", "Check the address", e);
            case ConnectException e ->
                    unreachable(
                            address,
                            "nothing accepts connections at " + address.server(),
                            "Is the server up, and is the port right?",
                            e);
            default -> unreachable(address, String.valueOf(cause.getMessage()), "", cause);
        };
    }

    private static Unreachable refused(DatabaseAddress address, PgException e) {
        var says = "the server says: " + e.getErrorMessage() + " (" + e.getSqlState() + ")";
        if (e.getErrorMessage().contains("unsupported startup parameter")) {
            return unreachable(address, "this is a connection pooler", PgSession.POOLER_HINT, e);
        }
        if (e.getSqlState().equals("28P01") && address.password() == null) {
            return unreachable(address, NO_PASSWORD, PASSWORD_HINT, e);
        }
        var remedy =
                switch (e.getSqlState()) {
                    case "28P01", "28000" -> "Check user, password and pg_hba.conf";
                    case "3D000" -> "Create the database, or correct its name";
                    case "53300" -> "Lower the parallelism, or raise max_connections";
                    default -> "";
                };
        return unreachable(address, says, remedy, e);
    }

    private static Unreachable unreachable(
            DatabaseAddress address, String found, String remedy, Throwable cause) {
        return new Unreachable("Database " + address, found, remedy, false, cause);
    }
}
