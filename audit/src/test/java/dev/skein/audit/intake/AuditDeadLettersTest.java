// SPDX-License-Identifier: Apache-2.0
package dev.skein.audit.intake;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.skein.audit.log.AuditLog;
import dev.skein.audit.testing.OnAuditDatabase;
import dev.skein.service.kafka.DeadLetterDesk;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import org.junit.jupiter.api.Test;

/** Records that were set aside, taken up once more. */
class AuditDeadLettersTest extends OnAuditDatabase {
    @Test
    void whatIsStillWrongWaitsOnWithItsReasonOfNow() {
        database.run(
                "INSERT INTO dead_letter(topic, part, at_offset, key, value, digest, produced_at,"
                        + " reason) VALUES ('skein.decisions', 0, 7, 'k', 'no JSON', '', 0,"
                        + " 'the version before knew no such thing')");
        var log = new AuditLog();
        var handler = new LogHandler(log, new SimpleMeterRegistry());
        var desk = new DeadLetterDesk(db, handler);
        var id = desk.list(false, null).getFirst().id();
        var refused = assertThatThrownBy(() -> desk.replay(id, "joe"));
        var letter = desk.list(false, null).getFirst();
        assertThat(letter.reason()).doesNotContain("the version before");
        refused.hasMessageContaining("it still cannot be taken: " + letter.reason());
        assertThat(letter.times()).isEqualTo(2);
        assertThat(letter.state()).isEqualTo("waiting");
        assertThat(letter.settledBy()).isNull();
        assertThat(desk.waiting()).isEqualTo(1);
        assertThat(database.value("SELECT convert_from(value, 'UTF8') FROM dead_letter"))
                .isEqualTo("no JSON");
        assertThat(database.value("SELECT count(*) FROM entry")).isEqualTo("0");
    }
}
