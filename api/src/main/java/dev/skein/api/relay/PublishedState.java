// SPDX-License-Identifier: Apache-2.0
package dev.skein.api.relay;

import dev.skein.api.store.LostDirectives.Issued;
import dev.skein.engine.Json;
import dev.skein.engine.NumberBounds;
import dev.skein.engine.SkeinException;
import dev.skein.engine.event.DecisionRecord;
import dev.skein.engine.event.Directive;
import dev.skein.engine.event.Topics;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/**
 * What the control plane has published, as its topics have it. What it cannot have written says
 * nothing of its database and is passed over.
 *
 * @param directives of each database the newest
 */
record PublishedState(List<DecisionRecord> decisions, Collection<Issued> directives) {
    private static final Pattern NAME = Pattern.compile("[^\\p{Cc}\\p{Cs}]{1,500}");
    private static final Pattern ID = Pattern.compile(".{1,500}/([0-9]{1,18})");

    static PublishedState of(List<ConsumerRecord<String, byte[]>> records) {
        var decisions = new ArrayList<DecisionRecord>();
        var directives = new HashMap<String, Issued>();
        for (var record : records) {
            if (record.topic().equals(Topics.DECISIONS)) {
                decision(record).ifPresent(decisions::add);
            } else if (record.key() != null && NAME.matcher(record.key()).matches()) {
                var site = record.topic().substring(Topics.directives("").length());
                generation(record)
                        .map(generation -> new Issued(record.key(), site, generation))
                        .ifPresent(d -> directives.merge(d.uid(), d, PublishedState::newer));
            }
        }
        return new PublishedState(decisions, directives.values());
    }

    private static Issued newer(Issued a, Issued b) {
        return b.generation() >= a.generation() ? b : a;
    }

    private static Optional<DecisionRecord> decision(ConsumerRecord<String, byte[]> record) {
        try {
            return Optional.ofNullable(record.value())
                    .map(value -> Json.read(value, DecisionRecord.class))
                    .filter(d -> d.isIntact() && NAME.matcher(d.stream()).matches());
        } catch (SkeinException | IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    /** A tombstone has it in its event's id. */
    private static Optional<Long> generation(ConsumerRecord<String, byte[]> record) {
        var value = record.value();
        if (value == null) {
            var header = record.headers().lastHeader("ce_id");
            var id =
                    ID.matcher(
                            header == null
                                    ? ""
                                    : new String(header.value(), StandardCharsets.UTF_8));
            return Optional.of(id)
                    .filter(Matcher::matches)
                    .map(known -> Long.parseLong(known.group(1)))
                    .filter(NumberBounds::isNumber);
        }
        try {
            return Optional.of(Json.read(value, Directive.class).generation());
        } catch (SkeinException | IllegalArgumentException e) {
            return Optional.empty();
        }
    }
}
