package dev.postmaster.os;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ErrnoTest {
    @Test
    void speaksAsPostgresqlsPercentM() {
        assertThat(Errno.ENOENT.message()).isEqualTo("No such file or directory");
        assertThat(Errno.EADDRINUSE.message()).isEqualTo("Address already in use");
        assertThat(new OsException("bind", Errno.EACCES)).hasMessage("bind: Permission denied");
    }

    @Test
    void everyNamedNumberIsTheOneOfThisMachine() throws IllegalAccessException {
        int checked = 0;
        for (var field : Errno.class.getDeclaredFields()) {
            if (field.getType() == Errno.class) {
                assertThat(((Errno) field.get(null)).symbol()).isEqualTo(field.getName());
                checked++;
            }
        }
        assertThat(checked).isGreaterThan(15);
    }

    @Test
    void aNumberTheLibraryDoesNotKnowStaysReadable() {
        assertThat(new Errno(4711).symbol()).isEqualTo("4711");
        assertThat(new Errno(4711).message()).isEqualTo("Unknown error 4711");
    }
}
