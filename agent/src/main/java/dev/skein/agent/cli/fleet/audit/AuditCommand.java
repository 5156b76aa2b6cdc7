// SPDX-License-Identifier: Apache-2.0
package dev.skein.agent.cli.fleet.audit;

import dev.skein.agent.cli.common.GroupHelp;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code skein audit …}. */
@Command(
        name = "audit",
        description =
                "Search the record of everything, take it along, and prove that nobody edited it.",
        subcommands = {
            AuditLogCommand.class,
            AuditShowCommand.class,
            AuditExportCommand.class,
            AuditProofCommand.class,
            AuditVerifyCommand.class,
            AuditTroubleCommand.class,
            AuditResolveCommand.class,
            AuditContinueCommand.class,
            AuditKeyCommand.class,
            AuditHeadCommand.class,
        })
public final class AuditCommand implements Callable<Integer> {
    @Mixin private final GroupHelp group = new GroupHelp();

    private AuditCommand() {}

    @Override
    public Integer call() {
        return group.list();
    }
}
