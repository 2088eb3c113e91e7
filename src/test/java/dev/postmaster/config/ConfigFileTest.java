package dev.postmaster.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ConfigFileTest {
    @TempDir
    private Path directory;

    private Path write(String name, String content) throws IOException {
        return Files.writeString(directory.resolve(name), content);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            value = {
                "port = 5433|port|5433",
                "port 5433|port|5433",
                "port=5433#comment|port|5433",
                "  max_wal_size = 64MB  # comment|max_wal_size|64MB",
                "x = -1.5e3|x|-1.5e3",
                "x = 0x1F|x|0x1F",
                "log_timezone = Europe/Berlin|log_timezone|Europe/Berlin",
                "listen_addresses = '*'|listen_addresses|*",
                "x = ''|x|''",
                "x = 'it''s'|x|it's",
                "x = 'a\\'b\\\\c\\td'|x|a'b\\c\td",
                "x = '\\101\\1023'|x|AB3",
                "x = '# no comment'|x|# no comment",
                "custom.name = v|custom.name|v",
            })
    void anAssignmentHasANameAndAValue(String line, String name, String value) {
        assertThat(ConfigLine.of(line)).isEqualTo(new ConfigLine.Assignment(name, value.equals("''") ? "" : value));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "   ", "# all comment", "\t# comment", "\r"})
    void blankLinesAndCommentsSayNothing(String line) {
        assertThat(ConfigLine.of(line)).isEqualTo(new ConfigLine.Nothing());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            value = {
                "port|\"\"",
                "port =|\"\"",
                "port = = 5|=",
                "port = 5 6|6",
                "= 5|=",
                "5 = port|5",
                "listen_addresses = *|*",
                "x = 'open|'open",
                "x = 5;|5;",
            })
    void whatDoesNotFitIsNamed(String line, String near) {
        assertThat(ConfigLine.of(line)).isEqualTo(new ConfigLine.SyntaxError(near));
    }

    @Test
    void problemsNameFileAndLine() throws IOException {
        Path file = write("postmaster.conf", "port = 5433\n\nport = 5 6\nmax_connections =\n");
        assertThat(ConfigFile.read(file, true).problems())
                .containsExactly(
                        "file \"" + file + "\" line 3: syntax error, near token \"6\"",
                        "file \"" + file + "\" line 4: syntax error, near end of line");
    }

    @Test
    void includesStandWhereTheyAreNamedAndDirectoriesAreSorted() throws IOException {
        Path file = write(
                "postmaster.conf",
                "a = 1\ninclude 'more.conf'\ninclude_dir = 'conf.d'\ninclude_if_exists 'none.conf'\nb = 2\n");
        write("more.conf", "c = 3\n");
        Files.createDirectory(directory.resolve("conf.d"));
        write("conf.d/20.conf", "e = 5\n");
        write("conf.d/10.conf", "d = 4\n");
        write("conf.d/.hidden.conf", "syntax error here\n");
        write("conf.d/README", "syntax error here\n");
        ConfigFile config = ConfigFile.read(file, true);
        assertThat(config.problems()).isEmpty();
        assertThat(config.entries()).extracting(ConfigFile.Entry::name).containsExactly("a", "c", "d", "e", "b");
    }

    @Test
    void aMissingIncludeIsAProblemOfTheLineThatNamesIt() throws IOException {
        Path file = write("postmaster.conf", "include 'none.conf'\ninclude_dir 'none.d'\n");
        assertThat(ConfigFile.read(file, true).problems())
                .containsExactly(
                        "file \"" + file + "\" line 1: could not open configuration file \""
                                + directory.resolve("none.conf") + "\": No such file or directory",
                        "file \"" + file + "\" line 2: could not open configuration directory \""
                                + directory.resolve("none.d") + "\": No such file or directory");
    }

    @ParameterizedTest
    @CsvSource({
        "include, configuration file",
        "include_if_exists, configuration file",
        "include_dir, configuration directory",
    })
    void aNameThatNoFileCanHaveIsAProblemOfItsLine(String how, String what) throws IOException {
        Path file = write("postmaster.conf", how + " 'a\\000b'\nlog_line_prefix = 'a\\000b'\n");
        ConfigFile config = ConfigFile.read(file, true);
        assertThat(config.problems())
                .containsExactly("file \"" + file + "\" line 1: could not open " + what
                        + " \"a\0b\": Nul character not allowed");
        assertThat(config.entries()).extracting(ConfigFile.Entry::value).containsExactly("a\0b");
    }

    @Test
    void aFileThatIncludesItselfEnds() throws IOException {
        Path file = write("postmaster.conf", "include 'postmaster.conf'\n");
        assertThat(ConfigFile.read(file, true).problems())
                .singleElement()
                .asString()
                .endsWith("could not open configuration file \"" + file + "\": maximum nesting depth exceeded");
    }

    @Test
    void aMissingMainFileSaysNothing() {
        ConfigFile config = ConfigFile.read(directory.resolve("postmaster.conf"), true);
        assertThat(config.problems()).isEmpty();
        assertThat(config.entries()).isEmpty();
    }
}
