// SPDX-License-Identifier: Apache-2.0
package dev.skein.standalone.stack;

import static org.assertj.core.api.Assertions.assertThat;

import dev.skein.engine.SkeinException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("quick")
class ArchiverTest {
    private final List<String> said = new CopyOnWriteArrayList<>();
    private final Archiver archiver = new Archiver(said::add);

    @Test
    void whatFailsIsSaidAndHarmsNobody() throws Exception {
        archiver.start(() -> {
            throw SkeinException.failed("Archive", "the JVM made none", "");
        });
        archiver.join();
        archiver.start(() -> {
            throw new UncheckedIOException("no space", new IOException());
        });
        archiver.join();
        assertThat(said).hasSize(2).allMatch(line -> line.startsWith("Later starts will be no"));
        assertThat(said.getFirst()).contains("the JVM made none");
        assertThat(said.getLast()).contains("no space");
    }

    @Test
    void whoeverClosesItEndsItsWorkAndHearsNothing() throws Exception {
        var begun = new CountDownLatch(1);
        archiver.start(() -> {
            begun.countDown();
            try {
                new CountDownLatch(1).await();
            } catch (InterruptedException e) {
                throw SkeinException.failed("Archive", "the JVM was killed", "");
            }
        });
        begun.await();
        archiver.close();
        assertThat(said).isEmpty();
    }

    @Test
    void onceItIsClosedNothingBegins() throws Exception {
        var ran = new AtomicBoolean();
        archiver.close();
        archiver.start(() -> ran.set(true));
        archiver.join();
        assertThat(ran).isFalse();
    }
}
