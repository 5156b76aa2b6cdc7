// SPDX-License-Identifier: Apache-2.0
package dev.skein.agent.daemon.intake;

import dev.skein.agent.daemon.config.AgentConfig;
import dev.skein.agent.daemon.kafka.AgentKafka;
import dev.skein.agent.daemon.kafka.GroupMember;
import dev.skein.agent.daemon.kafka.OwnedPartitions;
import dev.skein.agent.daemon.kafka.RefusedRecords;
import dev.skein.agent.daemon.run.DirectiveAges;
import dev.skein.agent.daemon.run.DirectiveAnswers;
import dev.skein.agent.daemon.run.TenantRun;
import dev.skein.engine.event.Directive;
import dev.skein.service.loop.ServiceLoop;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.clients.consumer.CloseOptions;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.CooperativeStickyAssignor;
import org.apache.kafka.common.errors.FencedInstanceIdException;
import org.apache.kafka.common.errors.WakeupException;
import org.jboss.logging.Logger;

/**
 * Reads the site's directives and does what the {@link WorkBoard} says. Polling never waits for
 * work.
 */
@ApplicationScoped
public class DirectiveIntake {
    private static final Logger LOG = Logger.getLogger(DirectiveIntake.class);
    private static final Duration POLL = Duration.ofMillis(200);
    private static final Duration CLOSE = Duration.ofSeconds(5);

    private final String id;
    private final AgentKafka wire;
    private final RefusedRecords refusals;
    private final DirectiveAges ages;
    private final DirectiveWork work;
    private final DirectivePartitions partitions;
    private final GroupMember member;
    private final ServiceLoop loop = new ServiceLoop("intake", this::pollOnce, () -> {});

    public DirectiveIntake(
            AgentKafka wire,
            AgentConfig config,
            TenantRun runs,
            DirectiveAnswers answers,
            OwnedPartitions owned,
            RefusedRecords refusals,
            DirectiveAges ages) {
        this.wire = wire;
        this.ages = ages;
        this.id = config.id();
        this.refusals = refusals;
        this.work = new DirectiveWork(runs, answers, owned);
        this.partitions = new DirectivePartitions(config.site(), work);
        this.member =
                new GroupMember(
                        wire,
                        "skein-agents-" + config.site(),
                        id,
                        Map.of(
                                ConsumerConfig.PARTITION_ASSIGNMENT_STRATEGY_CONFIG,
                                CooperativeStickyAssignor.class.getName()),
                        partitions::subscribe);
    }

    /** The loop that reads, for as long as the service lives. */
    public ServiceLoop loop() {
        return loop;
    }

    private void pollOnce() {
        var reader = member.consumer();
        try {
            reader.poll(POLL).forEach(this::received);
            partitions.checkEnds(reader);
        } catch (WakeupException e) {
            loop.stop();
        } catch (FencedInstanceIdException e) {
            fenced();
            throw e;
        }
    }

    private void received(ConsumerRecord<String, byte[]> record) {
        if (record.value() == null) {
            ages.closed(record.key());
            work.received(record.key(), null);
            return;
        }
        refusals.read(record, Directive.class, Directive::uid)
                .ifPresent(directive -> {
                    ages.read(directive, wire.brokers().age(record));
                    work.received(directive.uid(), directive);
                });
    }

    /** Another process runs under this agent's id: what was ours may be its by now. */
    private void fenced() {
        LOG.errorf(
                "intake: another process has the id %s (skein.agent.id): this one goes on without"
                        + " it",
                id);
        member.fenced();
        partitions.letGoOfAll();
    }

    /** Ends the loop from another thread. */
    public void stop() {
        loop.stop();
        member.wakeup();
    }

    /** Lets work come to its step boundary and lets go of the partitions; the service ends. */
    public void close() {
        work.end(CLOSE);
        member.close(CloseOptions.timeout(CLOSE));
    }

    /** The bundles that directives name, by their digests. */
    public Set<String> bundles() {
        return work.bundles();
    }

    /** How many databases are worked on. */
    public int running() {
        return work.running();
    }
}
