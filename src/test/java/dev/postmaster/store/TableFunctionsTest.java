package dev.postmaster.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.postmaster.report.ReportException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Functions that a table calls: each session must find them, not only the one that made the table. */
class TableFunctionsTest {
    @TempDir
    Path base;

    @BeforeEach
    void createDatabase() {
        Databases.create(base, "shop");
    }

    @Test
    void aDefaultIsComputedInEverySession() {
        inASession("create table entry (id serial primary key, at timestamp default now())");
        inASession("insert into entry (id) values (1)");
        inASession("insert into entry default values");
        assertThat(inASession("select count(*) from entry where at > '2026-01-01'"))
                .isEqualTo("2");
    }

    @Test
    void aCheckIsMadeInEverySession() {
        inASession("create table word (text text check (char_length(text) < 4))");
        inASession("insert into word values ('one')");
        assertThatExceptionOfType(ReportException.class)
                .isThrownBy(() -> inASession("insert into word values ('three')"))
                .withMessageContaining("violates check constraint");
    }

    private String inASession(String sql) {
        var options = new StoreOptions(base, "shop", 1_000, false, new NoFacts());
        try (Store store = Store.open(options);
                Statement statement = store.prepare(sql);
                Rows rows = statement.execute(List.of())) {
            return rows.next() ? String.valueOf(rows.value(0)) : "";
        }
    }
}
