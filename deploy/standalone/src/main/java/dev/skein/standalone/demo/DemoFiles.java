// SPDX-License-Identifier: Apache-2.0
package dev.skein.standalone.demo;

import dev.skein.engine.ClassResources;
import dev.skein.standalone.stack.StackHome;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** The files of the demo, laid out where a person can look at them and change them. */
record DemoFiles(Path folder, String run) {
    private static final List<String> BILLING =
            List.of(
                    "20261101100000_b100_add_invoices.sql",
                    "20261101110000_b101_customer_segment.sql",
                    "20261101120000_b102_rename_qty.sql",
                    "20261101130000_b103_index_placed_at.sql",
                    "20261101140000_b104_fill_segment.sql",
                    "20261101150000_b105_order_totals.sql",
                    "20261101160000_b106_bill_customer.sql",
                    "20261101170000_b107_status_check.sql",
                    "20261101180000_b108_validate_status.sql");
    private static final String UNIQUE_EMAIL = "20261102100000_u200_unique_email.sql";

    static DemoFiles set(StackHome home) {
        // Names of rollouts are for ever: each telling has its own.
        var run = Long.toString(System.currentTimeMillis() / 1000, 36);
        var stage = new DemoFiles(home.data().resolve("demo"), run);
        for (var name : BILLING) {
            stage.copy("billing", name, stage.billing());
            stage.copy("billing", name, stage.uniqueEmail());
        }
        stage.copy("unique-email", UNIQUE_EMAIL, stage.uniqueEmail());
        return stage;
    }

    private void copy(String from, String name, Path to) {
        write(to.resolve(name), ClassResources.text(DemoFiles.class, "/demo/" + from + "/" + name));
    }

    private static Path write(Path file, String text) {
        try {
            Files.createDirectories(file.getParent());
            return Files.writeString(file, text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    Path billing() {
        return folder.resolve("billing");
    }

    Path uniqueEmail() {
        return folder.resolve("unique-email");
    }

    /** The name of a rollout in this telling. */
    String id(String name) {
        return name + "-" + run;
    }

    /** The file that asks for a rollout. */
    Path rollout(String name, String bundle, String budget, int parallel, String saving) {
        return write(
                folder.resolve(name + ".yaml"),
                """
                rollout: %s
                bundle: %s
                to: heads
                select: name = tenant_*
                backup: %s
                waves:
                  - { name: canary, take: 1 per site }
                  - { name: early, take: 25%%, parallel: %d }
                  - { name: rest, take: all, budget: %s, parallel: %d }
                """
                        .formatted(id(name), bundle, saving, parallel, budget, parallel));
    }
}
