package dev.postmaster.core;

import static dev.postmaster.core.ChildKind.ARCHIVER;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** Keeps the pictures in the documentation and on the page true; {@code -Ddiagram.write=true} draws them anew. */
final class DiagramTest {
    private static final Path DOCUMENT = Path.of("src/docs/state-machine.md");
    private static final Path MODULE = Path.of("src/main/resources/dev/postmaster/admin/page/moves.js");
    private static final String BEGIN = "<!-- written by DiagramTest: begin -->\n";
    private static final String END = "<!-- written by DiagramTest: end -->\n";

    private static final Diagram DIAGRAM = new Diagram()
            .explore(Rules.smallestWith(ARCHIVER).story().pm())
            .explore(Rules.smallest().resetting().story().pm())
            .exploreWithoutCluster(Rules.withoutCluster().resetting().story().pm());

    @Test
    void theDocumentedDiagramIsTheMachines() throws IOException {
        String document = Files.readString(DOCUMENT, UTF_8);
        int begin = document.indexOf(BEGIN) + BEGIN.length();
        int end = document.indexOf(END);
        compare(DOCUMENT, document.substring(0, begin) + DIAGRAM.text() + document.substring(end));
    }

    @Test
    void thePageDrawsTheMachine() throws IOException {
        compare(MODULE, DIAGRAM.module());
    }

    private static void compare(Path file, String drawn) throws IOException {
        if (Boolean.getBoolean("diagram.write")) {
            Files.writeString(file, drawn, UTF_8);
            return;
        }
        assertThat(Files.readString(file, UTF_8))
                .as("%s; ./mvnw test -Dtest=DiagramTest -Ddiagram.write=true draws it anew", file)
                .isEqualTo(drawn);
    }
}
