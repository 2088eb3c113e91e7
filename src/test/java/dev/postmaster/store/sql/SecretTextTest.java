package dev.postmaster.store.sql;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SecretTextTest {
    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '`',
            delimiter = '|',
            value = {
                "alter role a password 'geheim'|alter role a password '********'",
                "ALTER ROLE a PASSWORD 'geh''eim' LOGIN|ALTER ROLE a PASSWORD '********' LOGIN",
                "alter role a password /* why */ E'geh\\'eim'|alter role a password /* why */ '********'",
                "alter role a password $x$geheim$x$|alter role a password '********'",
                "alter role a password 'geh' 'eim'|alter role a password '********'",
                "alter role a password U&'geheim'|alter role a password U&'********'",
                "create role a password 'geheim'; drop role b|create role a password '********'; drop role b",
                "alter role a password 'geheim|alter role a password '********'",
            })
    void noPasswordIsLeft(String sql, String shown) {
        assertThat(SecretText.masked(sql)).isEqualTo(shown).doesNotContain("geh");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "select 1",
                "select password from users where name = 'x'",
                "insert into t values ('my password is ''x''')",
                "alter role a password null",
                "passwor",
            })
    void everythingElseIsLeftAsItIs(String sql) {
        assertThat(SecretText.masked(sql)).isSameAs(sql);
    }
}
