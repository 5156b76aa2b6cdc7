// SPDX-License-Identifier: Apache-2.0
package dev.skein.standalone.demo;

import dev.skein.agent.cli.common.Output;
import java.nio.file.Path;

/** An author pushes revisions. */
final class DemoPush {
    private final DemoClaims claims;
    private final DemoUsers cast;
    private final Output out;

    DemoPush(DemoClaims claims, DemoUsers cast, Output out) {
        this.claims = claims;
        this.cast = cast;
        this.out = out;
    }

    /** Pushes a folder; gives the digest of its bundle. */
    String push(Path folder) {
        out.say(out.dim(DemoUsers.AUTHOR + " $ skein ") + "push " + folder);
        var pushed = cast.ask(DemoUsers.AUTHOR, "push", folder.toString());
        out.result(pushed.path("digest").asText());
        claims.that(
                pushed.path("revisions").asInt() + " revisions are pushed as one bundle",
                pushed.path("digest").asText().startsWith("sha256:"));
        return pushed.path("digest").asText();
    }
}
