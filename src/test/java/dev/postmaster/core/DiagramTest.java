package dev.postmaster.core;

import static dev.postmaster.core.ChildKind.ARCHIVER;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** Keeps the picture in the documentation true; {@code -Ddiagram.write=true} draws it anew. */
final class DiagramTest {
    private static final Path DOCUMENT = Path.of("src/docs/state-machine.md");
    private static final String BEGIN = "<!-- written by DiagramTest: begin -->\n";
    private static final String END = "<!-- written by DiagramTest: end -->\n";

    @Test
    void theDocumentedDiagramIsTheMachines() throws IOException {
        String drawn = new Diagram()
                .explore(Rules.smallestWith(ARCHIVER).story().pm())
                .explore(Rules.smallest().resetting().story().pm())
                .exploreWithoutCluster(
                        Rules.withoutCluster().resetting().story().pm())
                .text();
        String document = Files.readString(DOCUMENT, UTF_8);
        int begin = document.indexOf(BEGIN) + BEGIN.length();
        int end = document.indexOf(END);

        if (Boolean.getBoolean("diagram.write")) {
            Files.writeString(DOCUMENT, document.substring(0, begin) + drawn + document.substring(end), UTF_8);
            return;
        }
        assertThat(document.substring(begin, end))
                .as("%s; ./mvnw test -Dtest=DiagramTest -Ddiagram.write=true draws it anew", DOCUMENT)
                .isEqualTo(drawn);
    }
}
