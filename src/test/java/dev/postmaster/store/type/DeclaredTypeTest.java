package dev.postmaster.store.type;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DeclaredTypeTest {

    @ParameterizedTest
    @CsvSource({
        "INTEGER, INT4, -1",
        "bigint, INT8, -1",
        "'varchar(30)', VARCHAR, 34",
        "'character varying ( 30 )', VARCHAR, 34",
        "'char(3)', BPCHAR, 7",
        "'numeric(10, 2)', NUMERIC, 655366",
        "numeric(10), NUMERIC, 655364",
        "double precision, FLOAT8, -1",
        "timestamp with time zone, TIMESTAMPTZ, -1",
        "timestamp(3), TIMESTAMP, 3",
        "JSON TEXT, JSON, -1",
        "geometry, TEXT, -1",
        "'text(', TEXT, -1",
        "DATETIME, TIMESTAMP, -1",
    })
    void aDeclarationTellsTheType(String declaration, PgType type, int modifier) {
        assertThat(DeclaredType.of(declaration)).isEqualTo(new DeclaredType(type, modifier));
    }

    @Test
    void aColumnWithoutTypeIsText() {
        assertThat(DeclaredType.of(null)).isEqualTo(new DeclaredType(PgType.TEXT, -1));
        assertThat(DeclaredType.of(" ")).isEqualTo(new DeclaredType(PgType.TEXT, -1));
    }
}
