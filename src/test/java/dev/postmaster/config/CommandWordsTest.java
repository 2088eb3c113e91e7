package dev.postmaster.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.postmaster.report.ReportException;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class CommandWordsTest {
    static Stream<Arguments> texts() {
        return Stream.of(
                Arguments.of("", List.of()),
                Arguments.of("   ", List.of()),
                Arguments.of("/bin/true", List.of("/bin/true")),
                Arguments.of("  git   daemon\t--inetd\n", List.of("git", "daemon", "--inetd")),
                Arguments.of("sh -c 'echo \"$HOME\" \\n'", List.of("sh", "-c", "echo \"$HOME\" \\n")),
                Arguments.of("say \"two words\"", List.of("say", "two words")),
                Arguments.of("say \"a \\\" and a \\\\ and a \\n\"", List.of("say", "a \" and a \\ and a \\n")),
                Arguments.of("two\\ words \\'", List.of("two words", "'")),
                Arguments.of("--name='x y'z", List.of("--name=x yz")),
                Arguments.of("nothing ''", List.of("nothing", "")),
                Arguments.of("* $PATH > file | true", List.of("*", "$PATH", ">", "file", "|", "true")));
    }

    @ParameterizedTest
    @MethodSource("texts")
    void quotingIsTheShellsAndNothingElseIs(String text, List<String> words) {
        assertThat(CommandWords.split(text)).isEqualTo(words);
        assertThat(CommandWords.split(CommandWords.join(words))).isEqualTo(words);
    }

    @ParameterizedTest
    @ValueSource(strings = {"say 'it", "say \"it", "say \"it\\\"", "say \\"})
    void whatDoesNotEndIsToldWithTheSetting(String text) {
        assertThatThrownBy(() -> WorkerParameter.COMMAND.of("greeter").type().parse("worker.greeter.command", text))
                .isInstanceOf(ReportException.class)
                .hasMessageContaining("invalid value for parameter \"worker.greeter.command\"");
    }
}
