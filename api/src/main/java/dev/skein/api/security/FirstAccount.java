// SPDX-License-Identifier: Apache-2.0
package dev.skein.api.security;

import dev.skein.api.command.Roles;
import dev.skein.service.database.Db;
import jakarta.enterprise.context.ApplicationScoped;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.Optional;

/**
 * Where nobody could log in yet, an admin; of several services that start at once, one makes it.
 */
@ApplicationScoped
public class FirstAccount {
    private static final String NAME = "admin";

    private final Db db;

    public FirstAccount(Db db) {
        this.db = db;
    }

    /**
     * Makes it where there is no account.
     *
     * @param wanted its password; empty for one of our own
     * @return the password of our own, to be told this once; nothing where none was made
     * @throws dev.skein.engine.SkeinException if the password is too short
     */
    public Optional<String> make(Optional<String> wanted) {
        var password = wanted.orElseGet(FirstAccount::random);
        var made = db.call(tx -> insert(tx, password));
        return made && wanted.isEmpty() ? Optional.of(password) : Optional.empty();
    }

    private static boolean insert(Db.Tx tx, String password) {
        if (tx.query("SELECT FROM account LIMIT 1").size() > 0) {
            return false; // without the work of hashing
        }
        Accounts.check(NAME, password, Roles.ALL);
        return tx.query(
                                """
                                INSERT INTO account(name, password_hash, roles, created_at)
                                VALUES ($1, $2, $3, now()) ON CONFLICT DO NOTHING\
                                """,
                                NAME,
                                PasswordHashes.hash(password),
                                Roles.ALL.stream().sorted().toArray(String[]::new))
                        .rowCount()
                == 1;
    }

    private static String random() {
        var bytes = new byte[18];
        new SecureRandom().nextBytes(bytes);
        return Base64.getUrlEncoder().encodeToString(bytes);
    }
}
