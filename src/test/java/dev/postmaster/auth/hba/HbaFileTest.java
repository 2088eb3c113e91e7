package dev.postmaster.auth.hba;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.groups.Tuple.tuple;

import dev.postmaster.report.Report;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What {@code pg_hba.conf} may say, and what is said of what it may not (hba.c). */
class HbaFileTest {
    @TempDir
    private Path directory;

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "lokal all all trust                    | invalid connection type \"lokal\"",
                "local,host all all trust               | multiple values specified for connection type",
                "local                                  | end-of-line before database specification",
                "local all                              | end-of-line before role specification",
                "local all all                          | end-of-line before authentication method",
                "host all all                           | end-of-line before IP address specification",
                "host all all 127.0.0.1                 | end-of-line before netmask specification",
                "host all all 127.0.0.1 trust           | invalid IP mask \"trust\"",
                "host all all 127.0.0.1 ffff:: trust    | IP address and mask do not match",
                "host all all 127.0.0.1/33 trust        | invalid CIDR mask in address \"127.0.0.1/33\"",
                "host all all 127.0.0.1/x trust         | invalid CIDR mask in address \"127.0.0.1/x\"",
                "host all all example.org/8 trust       | specifying both host name and CIDR mask is invalid: \"example.org/8\"",
                "host all all 300.1.2.3.4 trust         | invalid IP address \"300.1.2.3.4\"",
                "host all all ::1/128,::2/128 trust     | multiple values specified for host address",
                "local all all maybe                    | invalid authentication method \"maybe\"",
                "local all all pam                      | invalid authentication method \"pam\": not supported by this build",
                "host all all all ident                 | invalid authentication method \"ident\": not supported by this build",
                "host all all all peer                  | peer authentication is only supported on local sockets",
                "local all all trust,reject             | multiple values specified for authentication type",
                "local all all peer map                 | authentication option not in name=value format: map",
                "local all all peer colour=red          | unrecognized authentication option name: \"colour\"",
                "local all all trust map=m              | authentication option \"map\" is only valid for authentication methods peer and cert",
                "host all all all cert                  | cert authentication is only supported on hostssl connections",
                "host all all all trust clientcert=verify-ca | clientcert can only be configured for \"hostssl\" rows",
                "hostssl all all all cert clientcert=verify-ca | clientcert only accepts \"verify-full\" when using \"cert\" authentication",
                "hostssl all all all trust clientcert=1 | invalid value for clientcert: \"1\"",
                "hostssl all all all cert clientname=UN | invalid value for clientname: \"UN\"",
                "local all /( trust                     | invalid regular expression \"(\": Unclosed group",
            })
    void saysWhatItExpectedAndWhere(String line, String message) throws IOException {
        Path file = write("pg_hba.conf", "# the first line is a comment", line);
        assertThat(HbaFile.read(file).problems())
                .extracting(Report::message, Report::context)
                .containsExactly(tuple(message, "line 2 of configuration file \"" + file + "\""));
    }

    @Test
    void complainsOfEachLineThatIsWrong() throws IOException {
        Path file = write("pg_hba.conf", "local all", "local all all trust", "remote all all trust");
        assertThat(HbaFile.read(file).problems())
                .extracting(Report::context)
                .containsExactly(
                        "line 1 of configuration file \"" + file + "\"",
                        "line 3 of configuration file \"" + file + "\"");
    }

    @Test
    void aFileWithoutRulesIsAMistake() throws IOException {
        Path file = write("pg_hba.conf", "# nobody", "");
        assertThat(HbaFile.read(file).problems())
                .extracting(Report::message)
                .containsExactly("configuration file \"" + file + "\" contains no entries");
    }

    @Test
    void aFileThatIsNotThereIsAMistake() {
        Path file = directory.resolve("pg_hba.conf");
        assertThat(HbaFile.read(file).problems())
                .extracting(Report::message)
                .containsExactly("could not open configuration file \"" + file + "\": No such file or directory");
    }

    @Test
    void aLineMayGoOnInTheNext() throws IOException {
        Path file = write("pg_hba.conf", "local all \\", "  all \\", "  reject", "local all all trust");
        assertThat(HbaFile.read(file).rules().rules())
                .extracting(rule -> rule.place().line(), HbaRule::method)
                .containsExactly(tuple(1, AuthMethod.REJECT), tuple(4, AuthMethod.TRUST));
    }

    @Test
    void includesFilesDirectoriesAndListsOfNames() throws IOException {
        Files.createDirectory(directory.resolve("hba.d"));
        write("hba.d/2.conf", "local second all trust");
        write("hba.d/1.conf", "local first all trust");
        write("hba.d/README", "nonsense");
        write("more.conf", "local more all trust");
        write("names", "ann, \"b c\" # two", "@others");
        write("others", "dora");
        Path file = write(
                "pg_hba.conf",
                "include more.conf",
                "include_if_exists nowhere.conf",
                "include_dir hba.d",
                "local last @names trust");
        HbaFile read = HbaFile.read(file);
        assertThat(read.problems()).isEmpty();
        assertThat(read.rules().rules())
                .extracting(rule -> rule.databases().getFirst().token().text())
                .containsExactly("more", "first", "second", "last");
        assertThat(read.rules().rules().getLast().users())
                .extracting(user -> user.token().text())
                .containsExactly("ann", "b c", "dora");
    }

    @Test
    void saysWhichIncludedFileItCouldNotOpen() throws IOException {
        Path file = write("pg_hba.conf", "include nowhere.conf", "local all @nobody trust");
        assertThat(HbaFile.read(file).problems())
                .extracting(Report::message, Report::context)
                .containsExactly(
                        tuple(
                                "could not open configuration file \"" + directory.resolve("nowhere.conf")
                                        + "\": No such file or directory",
                                "line 1 of configuration file \"" + file + "\""),
                        tuple(
                                "could not open secondary authentication file \"@nobody\" as \""
                                        + directory.resolve("nobody") + "\": No such file or directory",
                                "line 2 of configuration file \"" + file + "\""));
    }

    @ParameterizedTest
    @CsvSource({
        "include a\0b, configuration file \"a\0b\"",
        "include_if_exists a\0b, configuration file \"a\0b\"",
        "include_dir a\0b, configuration directory \"a\0b\"",
        "local all @a\0b trust, secondary authentication file \"@a\0b\"",
    })
    void aNameThatNoFileCanHaveIsAMistakeOfItsLine(String line, String what) throws IOException {
        Path file = write("pg_hba.conf", line, "local all all trust");
        HbaFile read = HbaFile.read(file);
        assertThat(read.problems())
                .extracting(Report::message, Report::context)
                .containsExactly(tuple(
                        "could not open " + what + ": Nul character not allowed",
                        "line 1 of configuration file \"" + file + "\""));
        assertThat(read.rules().rules()).hasSize(1);
    }

    @Test
    void aFileThatIncludesItselfComesToAnEnd() throws IOException {
        Path file = write("pg_hba.conf", "include pg_hba.conf");
        assertThat(HbaFile.read(file).problems())
                .extracting(Report::message)
                .containsExactly("could not open configuration file \"" + file + "\": maximum nesting depth exceeded");
    }

    private Path write(String name, String... lines) throws IOException {
        return Files.write(directory.resolve(name), List.of(lines));
    }
}
