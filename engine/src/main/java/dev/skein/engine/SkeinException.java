// SPDX-License-Identifier: Apache-2.0
package dev.skein.engine;

import org.jspecify.annotations.Nullable;

/**
 * A failure that a person can act on: its subject, what was found, and what to do. Where callers
 * need more than the sentence, a subclass carries the data.
 */
public class SkeinException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final ErrorCode code;
    private final String subject;
    private final String found;
    private final String remedy;

    public SkeinException(ErrorCode code, String subject, String found, String remedy) {
        this(code, subject, found, remedy, null);
    }

    public SkeinException(
            ErrorCode code,
            String subject,
            String found,
            String remedy,
            @Nullable Throwable cause) {
        super(subject + ": " + found + (remedy.isEmpty() ? "" : ". " + remedy), cause);
        this.code = code;
        this.subject = subject;
        this.found = found;
        this.remedy = remedy;
    }

    /** A failure in what the user wrote: exit code 2, nothing was started. */
    public static SkeinException usage(String subject, String found, String remedy) {
        return new SkeinException(ErrorCode.USAGE, subject, found, remedy);
    }

    /** A failure while working: exit code 1. */
    public static SkeinException failed(String subject, String found, String remedy) {
        return new SkeinException(ErrorCode.FAILED, subject, found, remedy);
    }

    public ErrorCode code() {
        return code;
    }

    public String subject() {
        return subject;
    }

    public String found() {
        return found;
    }

    /** What to do about it; may be empty. */
    public String remedy() {
        return remedy;
    }

    /**
     * What was found and what to do, as it may leave the site of the database that it is about:
     * without values of its rows.
     */
    public String discreet() {
        return remedy.isEmpty() ? found : found + ". " + remedy;
    }
}
