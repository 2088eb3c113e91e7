package dev.postmaster.ctl;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class GrowingFileTest {
    @TempDir
    Path directory;

    @Test
    void aLineIsGivenOnceAndOnlyWhenItIsComplete() throws IOException {
        Path path = directory.resolve("log");
        var file = new GrowingFile(path);
        assertThat(after(file, "one\ntw")).containsExactly("one");
        assertThat(after(file, "")).isEmpty();
        assertThat(after(file, "o\nthree\n")).containsExactly("two", "three");
    }

    @Test
    void aFileThatWasEmptiedIsReadFromItsStart() throws IOException {
        Path path = directory.resolve("log");
        var file = new GrowingFile(path);
        assertThat(after(file, "a long line\nand half of")).containsExactly("a long line");
        Files.writeString(path, "new\n");
        assertThat(after(file, "")).containsExactly("new");
    }

    @Test
    void whoHasTimeWaitsForAFileThatIsNotThere() throws IOException {
        Path path = directory.resolve("log");
        var file = new GrowingFile(path);
        var lines = new ArrayList<String>();
        file.readIfThere(lines::add);
        Files.writeString(path, "one\nand ha");
        file.readIfThere(lines::add);
        Files.delete(path);
        file.readIfThere(lines::add);
        Files.writeString(path, "another, of the same name\n");
        file.readIfThere(lines::add);
        assertThat(lines).containsExactly("one", "another, of the same name");
        Files.delete(path);
        assertThatThrownBy(() -> file.read(lines::add)).hasMessageContaining("No such file or directory");
    }

    private List<String> after(GrowingFile file, String appended) throws IOException {
        Files.writeString(file.path(), appended, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
        var lines = new ArrayList<String>();
        file.read(lines::add);
        return lines;
    }
}
