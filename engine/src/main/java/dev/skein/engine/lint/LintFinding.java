// SPDX-License-Identifier: Apache-2.0
package dev.skein.engine.lint;

/**
 * Something that a rule has found.
 *
 * @param file of the revision, without folders
 * @param line of the statement, counted from 1; of the header where no statement is meant
 * @param what is the matter
 * @param instead what to do
 */
public record LintFinding(
        String rule,
        String name,
        LintLevel level,
        String revision,
        String file,
        int line,
        String what,
        String instead) {}
