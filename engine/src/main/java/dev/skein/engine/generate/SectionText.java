// SPDX-License-Identifier: Apache-2.0
package dev.skein.engine.generate;

import dev.skein.engine.ddl.text.DdlStatement;
import java.util.List;
import java.util.regex.Pattern;

/** Statements as a section of a revision's file. */
final class SectionText {
    private static final Pattern ROUTINE =
            Pattern.compile("(?is)CREATE OR REPLACE (FUNCTION|PROCEDURE).*");
    private static final Pattern UNFILLED =
            Pattern.compile(
                    "(?s)ALTER TABLE \\S+ ADD COLUMN (?!.* (DEFAULT|GENERATED) ).* NOT NULL");

    private SectionText() {}

    static String of(boolean transactional, List<DdlStatement> statements) {
        var text = new StringBuilder();
        if (transactional && statements.stream().anyMatch(SectionText::makesRoutine)) {
            text.append("SET LOCAL check_function_bodies = off;\n"); // bodies name what comes later
        }
        for (var statement : statements) {
            if (statement.loss() != null) {
                text.append("-- This loses ").append(statement.loss()).append(".\n");
            }
            if (statement.meanwhile() != null) {
                text.append("-- While this runs, ").append(statement.meanwhile()).append(".\n");
            }
            if (UNFILLED.matcher(statement.sql()).matches()) {
                text.append("-- This fails where the table has rows: give the column a default,")
                        .append(" or fill it first.\n");
            }
            text.append(statement.sql()).append(";\n");
        }
        return text.toString();
    }

    private static boolean makesRoutine(DdlStatement statement) {
        return ROUTINE.matcher(statement.sql()).matches();
    }
}
