// SPDX-License-Identifier: Apache-2.0
package dev.skein.agent.daemon.run;

import dev.skein.engine.SkeinException;
import dev.skein.engine.event.DatabaseReport.Answer;
import dev.skein.engine.event.DatabaseReport.Kind;
import dev.skein.engine.event.Directive;
import dev.skein.engine.execute.order.Outcome;
import dev.skein.engine.execute.order.UnacceptedDrift;
import dev.skein.engine.execute.order.UnapprovedPath;
import org.jspecify.annotations.Nullable;

/**
 * How a directive ended here.
 *
 * @param isSettled whether it is over: not if it was stopped between two steps
 * @param isOld whether it ended in an earlier run, so that whoever asks again missed the word
 * @param answer what must be said because the journal does not say it
 */
public record DirectiveEnding(boolean isSettled, boolean isOld, @Nullable Answer answer) {
    /** The journal says it. */
    public static final DirectiveEnding JOURNALED = new DirectiveEnding(true, false, null);

    /** The journal has said it before. */
    public static final DirectiveEnding ANSWERED = new DirectiveEnding(true, true, null);

    /** Stopped as asked; whoever asked is answered by the directive that asked. */
    public static final DirectiveEnding HELD = new DirectiveEnding(false, false, null);

    /** How a run ended. */
    public static DirectiveEnding of(Directive directive, Outcome outcome) {
        return switch (outcome) {
            case Outcome.Done done -> JOURNALED;
            case Outcome.Answered answered -> ANSWERED;
            case Outcome.Occupied occupied -> HELD;
            case Outcome.Failed failed -> JOURNALED;
            case Outcome.Held held -> HELD;
            case Outcome.Superseded s ->
                    said(directive, Kind.REFUSED, "superseded by generation " + s.accepted());
            case Outcome.Refused refused -> refused(directive, refused.reason());
            case Outcome.Lost lost -> said(directive, Kind.UNREACHABLE, lost.reason().discreet());
        };
    }

    /** What somebody else did to the database is no failure of what was to run there. */
    private static DirectiveEnding refused(Directive directive, SkeinException reason) {
        return switch (reason) {
            case UnacceptedDrift drifted ->
                    aside(directive, drifted.found() + ". Decide on it: skein drift list");
            case UnapprovedPath unapproved -> aside(directive, unapproved.discreet());
            default -> said(directive, Kind.REFUSED, reason.discreet());
        };
    }

    /** A restore that cannot be done. */
    static DirectiveEnding notRestored(Directive directive, SkeinException reason) {
        return reason instanceof UnapprovedPath
                ? refused(directive, reason)
                : said(directive, Kind.REFUSED, reason.subject() + ": " + reason.discreet());
    }

    /** Nothing runs any more. */
    public static DirectiveEnding held(Directive directive) {
        return said(directive, Kind.HELD, "stopped as asked");
    }

    /** The error's text may hold anything; it stays in this agent's log. */
    static DirectiveEnding unexpected(Directive directive, Throwable error) {
        return said(
                directive,
                Kind.REFUSED,
                "the agent failed ("
                        + error.getClass().getSimpleName()
                        + "). Its log says more; mend the cause and resume");
    }

    /** It is over, and this is why. */
    public static DirectiveEnding said(Directive directive, Kind kind, String message) {
        return new DirectiveEnding(true, false, new Answer(directive.generation(), kind, message));
    }

    private static DirectiveEnding aside(Directive directive, String message) {
        return new DirectiveEnding(
                true, false, new Answer(directive.generation(), Kind.REFUSED, message, true));
    }

    String inWords() {
        if (!isSettled) {
            return "held";
        }
        return answer == null
                ? "ended, the journal says how"
                : answer.kind() + " " + answer.message();
    }
}
