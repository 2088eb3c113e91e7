package dev.postmaster.ctl;

import static org.assertj.core.api.Assertions.assertThat;

import dev.postmaster.core.ShutdownMode;
import dev.postmaster.core.Sig;
import dev.postmaster.report.Severity;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ArgumentsTest {
    private static Parsed parse(String words) {
        return Arguments.parse(Arrays.asList(words.split(" ", -1)), Map.of());
    }

    private static Request request(String words) {
        return ((Parsed.Run) parse(words)).request();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            stop -D d stop            | too many command-line arguments (first is "stop")
            -D d                      | no operation specified
            -D d halt                 | unrecognized operation mode "halt"
            start                     | no database directory specified and environment variable PGDATA unset
            stop -D d -m slow         | unrecognized shutdown mode "slow"
            stop -D d -m none         | unrecognized shutdown mode "none"
            kill HUP                  | missing arguments for kill mode
            kill STOP 4711            | unrecognized signal name "STOP"
            kill HUP 1 2              | too many command-line arguments (first is "2")
            start -D                  | option requires an argument -- 'D'
            start --log               | option '--log' requires an argument
            start --silent=yes        | option '--silent' doesn't allow an argument
            start -x                  | invalid option -- 'x'
            start --fast              | unrecognized option '--fast'
            log -D d --level loud     | unrecognized severity "loud"
            log -D d --pid x          | invalid process number "x"
            """)
    void whatIsWrongIsSaidInPgCtlsWords_CTL1(String words, String complaint) {
        assertThat(parse(words))
                .isEqualTo(
                        new Parsed.Refused("pmctl: " + complaint + "\nTry \"pmctl --help\" for more information.\n"));
    }

    @ParameterizedTest
    @CsvSource({
        "s, SMART",
        "smart, SMART",
        "f, FAST",
        "fast, FAST",
        "i, IMMEDIATE",
        "immediate, IMMEDIATE",
    })
    void everySpellingOfAShutdownModeIsTaken_CTL14(String word, ShutdownMode mode) {
        assertThat(request("stop -D d -m " + word).mode()).isEqualTo(mode);
    }

    @Test
    void aShutdownIsFastUnlessToldOtherwise() {
        assertThat(request("stop -D d").mode()).isEqualTo(ShutdownMode.FAST);
    }

    @Test
    void verbAndOptionsComeInAnyOrder_CTL1() {
        Request before = request("-D d -sW -t 7 start -l log");
        assertThat(before).isEqualTo(request("start --pgdata=d --silent --no-wait --timeout 7 --log=log"));
        assertThat(before.timeout()).isEqualTo(7);
        assertThat(before.waits()).isFalse();
        assertThat(before.silent()).isTrue();
        assertThat(before.server().log()).contains(Path.of("log"));
    }

    @Test
    void optionsForTheServerAddUp() {
        List<String> words = List.of("start", "-D", "d", "-o", "-p 1", "-o", "-i");
        assertThat(((Parsed.Run) Arguments.parse(words, Map.of()))
                        .request()
                        .server()
                        .options())
                .contains("-p 1 -i");
    }

    @Test
    void theEnvironmentStandsInForDirectoryAndTimeout_CTL3_CTL4() {
        Map<String, String> environment = Map.of("PGDATA", "/env/", "PGCTLTIMEOUT", "9");
        Request fromEnvironment = ((Parsed.Run) Arguments.parse(List.of("status"), environment)).request();
        assertThat(fromEnvironment.directory()).isEqualTo(Path.of("/env"));
        assertThat(fromEnvironment.timeout()).isEqualTo(9);
        Request fromOptions = ((Parsed.Run) Arguments.parse(List.of("status", "-Dd", "-t3"), environment)).request();
        assertThat(fromOptions.directory()).isEqualTo(Path.of("d"));
        assertThat(fromOptions.timeout()).isEqualTo(3);
    }

    @Test
    void killNeedsNoDirectory_CTL13() {
        assertThat(request("kill TERM 4711").kill()).contains(new Request.KillTarget(Sig.TERM, 4711));
    }

    @Test
    void initdbIsAnotherWordForInit_CTL1() {
        assertThat(request("initdb -D d").verb()).isEqualTo(Verb.INIT);
    }

    @Test
    void aKindIsGivenByItsNameAndFoundByTheNameInTheLog() {
        Request.LogFilter filter =
                request("log -D d -f --kind backend --pid 7 --level Warning").filter();
        assertThat(filter)
                .isEqualTo(new Request.LogFilter(
                        true, Optional.of("client backend"), Optional.of(7), Optional.of(Severity.WARNING)));
        assertThat(request("log -D d --kind postmaster").filter().kind()).contains("postmaster");
    }

    @Test
    void helpNamesEveryVerb() {
        String help = ((Parsed.Print) parse("--help")).text();
        for (Verb verb : Verb.values()) {
            assertThat(help)
                    .contains("pmctl " + verb.name().toLowerCase(Locale.ROOT).replace('_', '-'));
        }
    }
}
