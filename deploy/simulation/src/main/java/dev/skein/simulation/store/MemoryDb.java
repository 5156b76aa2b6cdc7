// SPDX-License-Identifier: Apache-2.0
package dev.skein.simulation.store;

import dev.skein.service.database.Db;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.SqlConnection;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.function.Function;

/** Transactions on the tables, one after the other: all of one, or nothing of it. */
public final class MemoryDb extends Db {
    private static final SqlConnection NOBODY = nothing(SqlConnection.class);
    private static final Pool NOTHING = nothing(Pool.class);

    private final MemoryTables tables;
    private final Faults faults;
    private final Tx tx = over(NOBODY);

    /** What can go wrong with a transaction. */
    public interface Faults {
        /** Throws where it cannot begin. */
        void before();

        /** Whether it loses against another one, and is run again. */
        boolean loses();

        /** Whether nothing is left of one that lost. */
        boolean undoesWhatLost();

        /** Throws where it is committed and nobody hears of it. */
        void after();
    }

    public MemoryDb(MemoryTables tables, Faults faults) {
        super("The control plane's database", NOTHING);
        this.tables = tables;
        this.faults = faults;
    }

    /** Whoever asks SQL of the simulation has found a door that it does not have. */
    private static <T> T nothing(Class<T> type) {
        return type.cast(
                Proxy.newProxyInstance(
                        type.getClassLoader(),
                        new Class<?>[] {type},
                        (proxy, method, arguments) -> {
                            throw new UnsupportedOperationException("no SQL here: " + method);
                        }));
    }

    @Override
    public <T> T callSingle(Duration bound, Function<Tx, T> work) {
        return call(work);
    }

    @Override
    public <T> T call(Function<Tx, T> work) {
        faults.before();
        if (faults.loses()) {
            lose(work);
        }
        var result = applied(work);
        tables.commit();
        faults.after();
        return result;
    }

    private void lose(Function<Tx, ?> work) {
        try {
            var _ = work.apply(tx);
        } finally {
            if (faults.undoesWhatLost()) {
                tables.rollBack();
            }
        }
    }

    private <T> T applied(Function<Tx, T> work) {
        try {
            return work.apply(tx);
        } catch (RuntimeException e) {
            tables.rollBack();
            throw e;
        }
    }
}
