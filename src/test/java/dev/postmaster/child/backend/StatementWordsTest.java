package dev.postmaster.child.backend;

import static org.assertj.core.api.Assertions.assertThat;

import dev.postmaster.config.LogStatement;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class StatementWordsTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "select 1|SELECT|ALL",
                " (select 1)|SELECT|ALL",
                "create table t (a int)|CREATE TABLE|DDL",
                "/* alter */ insert into t values (1)|INSERT|MOD",
                "with x as (select 1) delete from t|WITH|MOD",
                "with x as (select 1) select * from x|WITH|ALL",
                "explain analyze update t set a = 1|EXPLAIN|MOD",
                "drop|DROP|DDL",
                "''|''|ALL",
            })
    void theFirstWordsTellTheTagAndTheLevel(String sql, String tag, LogStatement level) {
        assertThat(StatementWords.tag(sql)).isEqualTo(tag);
        assertThat(StatementWords.levelOf(sql)).isEqualTo(level);
    }
}
