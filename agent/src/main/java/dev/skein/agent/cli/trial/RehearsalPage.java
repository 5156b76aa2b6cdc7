// SPDX-License-Identifier: Apache-2.0
package dev.skein.agent.cli.trial;

import dev.skein.engine.event.RehearsalResult;
import java.util.List;

/** The report of a rehearsal as one page that needs nothing else. */
final class RehearsalPage {
    private static final String HEAD =
            """
            <!doctype html>
            <html lang="en"><head><meta charset="utf-8"><title>Rehearsal</title>
            <style>
            body { font: 15px/1.5 system-ui, sans-serif; margin: 2rem auto; max-width: 60rem }
            table { border-collapse: collapse; width: 100% }
            td, th { text-align: left; vertical-align: top; padding: .3rem .6rem }
            tr { border-top: 1px solid #ccc }
            .bad { color: #a00 } .good { color: #060 }
            code { font-size: .85em } ul { margin: .2rem 0; padding-left: 1.2rem }
            </style></head><body>
            """;

    private RehearsalPage() {}

    static String of(int major, List<RehearsalResult> results) {
        var page = new StringBuilder(HEAD);
        long bad = results.stream().filter(r -> r.grade().isBad()).count();
        page.append("<h1>Rehearsal on PostgreSQL ").append(major).append("</h1>\n<p>");
        page.append(results.size()).append(" revisions, ").append(bad).append(" to look at.</p>\n");
        page.append("<table><thead><tr><th>Grade<th>Revision<th>Found</thead><tbody>\n");
        results.forEach(one -> row(page, one));
        return page.append("</tbody></table></body></html>\n").toString();
    }

    private static void row(StringBuilder page, RehearsalResult one) {
        page.append("<tr><td class=\"").append(one.grade().isBad() ? "bad" : "good").append("\">");
        page.append(one.grade().words()).append("<td>").append(safe(one.revision()));
        page.append(' ').append(safe(one.message()));
        page.append("<br><code>").append(one.checksum(), 0, 12).append("</code><td>");
        page.append(one.found() == null ? "" : safe(one.found()));
        list(page, "", one.lost());
        list(page, "", one.differences());
        list(page, "Its rows' values do not come back:", one.gone());
        page.append('\n');
    }

    private static void list(StringBuilder page, String title, List<String> lines) {
        if (lines.isEmpty()) {
            return;
        }
        page.append(title.isEmpty() ? "" : "<p>" + safe(title)).append("<ul>");
        lines.forEach(line -> page.append("<li>").append(safe(line)));
        page.append("</ul>");
    }

    private static String safe(String text) {
        return text.replace("&", "&amp;").replace("<", "&lt;").replace("\"", "&quot;");
    }
}
