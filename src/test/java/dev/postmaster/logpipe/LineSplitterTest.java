package dev.postmaster.logpipe;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
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

    @Test
    void aLineThatJustFitsIsWhole() {
        feed("x".repeat(MAX_LINE) + "\n");
        assertThat(lines).containsExactly("x".repeat(MAX_LINE));
    }

    @Test
    void noCharacterIsCutInTwo() {
        for (String character : List.of("ä", "€", "😀")) {
            lines.clear();
            feed("x".repeat(MAX_LINE - 1) + character + "y\n");
            assertThat(lines).containsExactly("x".repeat(MAX_LINE - 1) + "…", character + "y");
        }
    }

    @Test
    void whatIsNoTextOrSteersATerminalIsEscapedAndNothingIsLost() {
        byte[] bytes = {'a', (byte) 0xff, (byte) 0xc3, 0, 27, '[', '2', 'J', '\t', 'b', '\r', '\n'};
        splitter.feed(ByteBuffer.wrap(bytes));
        feed("\u0085€\n");
        assertThat(lines).containsExactly("a\\xff\\xc3\\x00\\x1b[2J\tb", "\\x85€");
    }

    @Test
    void bytesThatContinueNothingAreCutAsTheyCome() {
        byte[] bytes = new byte[MAX_LINE + 2];
        Arrays.fill(bytes, (byte) 0x80);
        splitter.feed(ByteBuffer.wrap(bytes));
        splitter.flush();
        assertThat(lines).containsExactly("\\x80".repeat(MAX_LINE) + "…", "\\x80\\x80…");
    }

    private void feed(String text) {
        splitter.feed(ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8)));
    }
}
