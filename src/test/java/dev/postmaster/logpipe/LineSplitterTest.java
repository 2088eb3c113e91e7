package dev.postmaster.logpipe;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class LineSplitterTest {
    private static final int MAX_LINE = 1000;

    private final List<String> lines = new ArrayList<>();
    private final LineSplitter splitter =
            new LineSplitter(MAX_LINE, (line, partial) -> lines.add(partial ? line + "…" : line));

    @Test
    void linesComeOutWholeHoweverTheyCameIn() {
        feed("one\ntw");
        feed("o\n\nthree\n");
        assertThat(lines).containsExactly("one", "two", "three");
    }

    @Test
    void lastWordsAreGivenOutAndMarked() {
        feed("Segmentation fault");
        assertThat(lines).isEmpty();
        splitter.flush();
        assertThat(lines).containsExactly("Segmentation fault…");
    }

    @Test
    void aLineWithoutEndIsCutAndGoesOn() {
        feed("x".repeat(MAX_LINE + 3) + "\n");
        assertThat(lines).containsExactly("x".repeat(MAX_LINE) + "…", "xxx");
    }

    private void feed(String text) {
        splitter.feed(ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8)));
    }
}
