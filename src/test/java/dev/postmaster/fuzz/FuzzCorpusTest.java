package dev.postmaster.fuzz;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Every input of the corpus once more, so that what the fuzzer has found stays mended. */
class FuzzCorpusTest {
    static Stream<Arguments> inputs() {
        return Stream.of(FuzzTarget.values())
                .flatMap(target -> corpus(target).stream().map(file -> Arguments.of(target, file.getFileName())));
    }

    private static List<Path> corpus(FuzzTarget target) {
        try (Stream<Path> files = Files.list(target.corpus())) {
            return files.sorted().toList();
        } catch (IOException e) {
            throw new AssertionError("each target has a corpus", e);
        }
    }

    @ParameterizedTest
    @MethodSource("inputs")
    void whatWasFoundStaysMended(FuzzTarget target, Path input) throws Exception {
        target.run(Files.readAllBytes(target.corpus().resolve(input)));
    }
}
