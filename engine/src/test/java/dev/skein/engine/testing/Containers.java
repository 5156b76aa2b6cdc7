// SPDX-License-Identifier: Apache-2.0
package dev.skein.engine.testing;

import dev.skein.engine.postgres.DatabaseAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.testcontainers.DockerClientFactory;
import org.testcontainers.kafka.KafkaContainer;
import org.testcontainers.postgresql.PostgreSQLContainer;
import org.testcontainers.utility.DockerImageName;

/**
 * PostgreSQL and Kafka in containers instead of this machine's own, where {@code
 * skein.containers=true} asks for them. The images can be named by SKEIN_TEST_POSTGRES_IMAGE and
 * SKEIN_TEST_KAFKA_IMAGE.
 */
public final class Containers {
    static final String WANTED = "skein.containers";

    private Containers() {}

    /** Whether they are asked for. */
    public static boolean areWanted() {
        return Boolean.getBoolean(WANTED);
    }

    /**
     * Whether tests can run as they are asked for: with containers only where an engine answers.
     */
    public static boolean areThereIfWanted() {
        return !areWanted() || doesAnEngineAnswer();
    }

    private static boolean doesAnEngineAnswer() {
        var thread = Thread.currentThread();
        var before = thread.getContextClassLoader();
        // A framework's test has a loader of its own, whose strategies are none of this one's.
        thread.setContextClassLoader(DockerClientFactory.class.getClassLoader());
        try {
            return DockerClientFactory.instance().isDockerAvailable();
        } finally {
            thread.setContextClassLoader(before);
        }
    }

    private static DockerImageName image(String variable, String standard) {
        var named = System.getenv(variable);
        return named == null || named.isEmpty()
                ? DockerImageName.parse(standard)
                : DockerImageName.parse(named)
                        .asCompatibleSubstituteFor(standard.replaceFirst(":.*", ""));
    }

    /** Starts a server; it ends with this JVM. Gives its superuser's address. */
    static DatabaseAddress postgres(Map<String, String> settings, String password) {
        var words = new ArrayList<>(List.of("postgres"));
        settings.forEach((name, value) -> words.addAll(List.of("-c", name + "=" + value)));
        var container =
                new PostgreSQLContainer(image("SKEIN_TEST_POSTGRES_IMAGE", "postgres:15"))
                        .withUsername("postgres")
                        .withPassword(password)
                        .withCommand(words.toArray(String[]::new));
        container.start();
        Runtime.getRuntime().addShutdownHook(new Thread(container::stop));
        return DatabaseAddress.parse(
                        "postgresql://postgres@%s:%d/postgres"
                                .formatted(container.getHost(), container.getMappedPort(5432)))
                .withPassword(password);
    }

    /** Starts a broker; it ends with this JVM. Gives where it is. */
    public static String kafka() {
        var container = new KafkaContainer(image("SKEIN_TEST_KAFKA_IMAGE", "apache/kafka:4.1.1"));
        container.start();
        Runtime.getRuntime().addShutdownHook(new Thread(container::stop));
        return container.getBootstrapServers();
    }
}
