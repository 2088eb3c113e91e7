package dev.postmaster.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import org.junit.jupiter.api.Test;

class SqlStateTest {
    @Test
    void everyCodeIsFiveLettersAndUnique() {
        assertThat(Arrays.stream(SqlState.values()).map(SqlState::code))
                .allMatch(code -> code.matches("[0-9A-Z]{5}"))
                .doesNotHaveDuplicates();
    }
}
