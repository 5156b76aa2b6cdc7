// SPDX-License-Identifier: Apache-2.0
package dev.skein.agent.cli.entities;

import dev.skein.engine.ErrorCode;
import dev.skein.engine.SkeinException;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.stream.Collectors;
import org.hibernate.HibernateException;
import org.hibernate.boot.MetadataSources;
import org.hibernate.boot.registry.BootstrapServiceRegistryBuilder;
import org.hibernate.boot.registry.StandardServiceRegistryBuilder;
import org.hibernate.tool.schema.spi.SchemaManagementToolCoordinator;

/**
 * JPA entities as the SQL that makes their tables. No database is asked; the classes are loaded,
 * and nothing of them runs but their static initializers.
 *
 * @param places jars and folders with the classes and what they need
 * @param settings of Hibernate, such as the naming strategy that the application has
 */
public record EntitySchema(List<Path> places, Map<String, String> settings) {
    /** Keeps what it is told: the log manager forgets loggers that nobody holds. */
    private static final Logger HIBERNATE = Logger.getLogger("org.hibernate");

    public EntitySchema {
        places = List.copyOf(places);
        settings = Map.copyOf(settings);
    }

    /** How errors call it. */
    public String name() {
        return "Entities " + places.stream().map(Path::toString).collect(Collectors.joining(":"));
    }

    /**
     * The statements that make the tables.
     *
     * @param major of the server they are for
     * @throws SkeinException for classes that do not load or that Hibernate does not understand
     */
    public String sql(int major) {
        var classes = EntityClasses.names(places);
        if (classes.isEmpty()) {
            throw SkeinException.usage(
                    name(), "no class there is an @Entity", "Name the folder or jar that has them");
        }
        HIBERNATE.setLevel(Level.SEVERE);
        try (var loader =
                new URLClassLoader(EntityClasses.urls(places), getClass().getClassLoader())) {
            return export(loader, classes, major);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private String export(ClassLoader loader, SortedSet<String> classes, int major) {
        try {
            var text = new StringWriter();
            export(loader, classes, settings(major, text));
            return text.toString();
        } catch (LinkageError | ClassNotFoundException e) {
            throw failed(
                    "a class does not load (" + e + ")",
                    "Add the jar that it needs, behind a ':'",
                    e);
        } catch (HibernateException e) {
            throw failed(String.valueOf(e.getMessage()), "Correct the mapping", e);
        }
    }

    private SkeinException failed(String found, String remedy, Throwable why) {
        return new SkeinException(ErrorCode.FAILED, name(), found, remedy, why);
    }

    private Map<String, Object> settings(int major, StringWriter text) {
        var all = new HashMap<String, Object>(settings);
        all.put("hibernate.dialect", "org.hibernate.dialect.PostgreSQLDialect");
        all.put("hibernate.boot.allow_jdbc_metadata_access", "false");
        all.put("jakarta.persistence.database-product-name", "PostgreSQL");
        all.put("jakarta.persistence.database-major-version", String.valueOf(major));
        all.put("jakarta.persistence.schema-generation.scripts.action", "create");
        all.put("jakarta.persistence.schema-generation.scripts.create-target", text);
        all.put("hibernate.hbm2ddl.delimiter", ";");
        return all;
    }

    private static void export(
            ClassLoader loader, SortedSet<String> classes, Map<String, Object> all)
            throws ClassNotFoundException {
        var bootstrap = new BootstrapServiceRegistryBuilder().applyClassLoader(loader).build();
        try (var registry =
                new StandardServiceRegistryBuilder(bootstrap).applySettings(all).build()) {
            var sources = new MetadataSources(registry);
            for (var name : classes) {
                sources.addAnnotatedClass(Class.forName(name, false, loader));
            }
            if (loader.getResource("META-INF/orm.xml") != null) {
                sources.addResource("META-INF/orm.xml");
            }
            SchemaManagementToolCoordinator.process(
                    sources.buildMetadata(), registry, all, action -> {});
        }
    }
}
