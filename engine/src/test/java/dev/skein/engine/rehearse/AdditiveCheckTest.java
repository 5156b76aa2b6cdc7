// SPDX-License-Identifier: Apache-2.0
package dev.skein.engine.rehearse;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whether a table is filled as it is created is said by its words alone. */
@Tag("quick")
class AdditiveCheckTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "CREATE TABLE c AS SELECT * FROM t",
                "CREATE TABLE c AS /* all of it */ SELECT * FROM t",
                "CREATE TABLE c AS -- all of it\nTABLE t",
                "CREATE TABLE c AS/**/(VALUES (1))",
                "CREATE TABLE c as/**/EXECUTE q"
            })
    void aTableMayBeFilled(String sql) {
        assertThat(AdditiveCheck.creates(ClusterWideStatementsTest.statement(sql))).isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "CREATE TABLE c (id int)",
                "CREATE TABLE c (s text DEFAULT 'as select')",
                "CREATE TABLE \"as table\" (id int)",
                "CREATE TABLE c (id int) /* as select */",
                "CREATE TABLE c (id int GENERATED ALWAYS AS IDENTITY)"
            })
    void orJustBeMade(String sql) {
        assertThat(AdditiveCheck.creates(ClusterWideStatementsTest.statement(sql))).isTrue();
    }
}
