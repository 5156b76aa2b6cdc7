// SPDX-License-Identifier: Apache-2.0
package dev.skein.agent.cli.fleet.control;

import dev.skein.agent.cli.common.BaseCommand;
import dev.skein.agent.cli.fleet.client.FleetOptions;
import dev.skein.engine.SkeinException;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code skein control acknowledge}. */
@Command(
        name = "acknowledge",
        description = "Take note of what happened to topics; nobody is reminded of it then.")
final class NoticeAcknowledgeCommand extends BaseCommand {
    private static final Pattern NOTICE = Pattern.compile("(api|audit)/([a-z0-9._-]{1,249})");

    @Mixin private final FleetOptions fleet = new FleetOptions();

    @Parameters(
            paramLabel = "NOTICE",
            arity = "1..*",
            description = "As 'skein control notices' lists them: audit/skein.journal.")
    private List<String> notices;

    @Override
    public Integer call() {
        var messages = notices.stream().map(NoticeAcknowledgeCommand::message).toList();
        NoticesCommand.SERVICES.post(fleet, messages);
        return 0;
    }

    private static BothServices.Message message(String notice) {
        var known = NOTICE.matcher(notice);
        if (!known.matches()) {
            throw SkeinException.usage(
                    "Notice '" + notice + "'", "it is not called so", "See: skein control notices");
        }
        var body = Map.of("topic", known.group(2));
        return new BothServices.Message(known.group(1), "/acknowledge", body);
    }
}
