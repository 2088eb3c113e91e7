package dev.postmaster.store.copy;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class CopyWriterTest {
    private static String line(CopyFormat format, @Nullable String... values) {
        return new String(new CopyWriter(format).line(Arrays.asList(values)), StandardCharsets.UTF_8);
    }

    @Test
    void textEscapesWhatWouldCutTheLine() {
        assertThat(line(CopyFormat.TEXT, "a\tb", "c\\d\n", null, "", "\u00fc"))
                .isEqualTo("a\\tb\tc\\\\d\\n\t\\N\t\t\u00fc\n");
    }

    @Test
    void csvQuotesOnlyWhatNeedsIt() {
        assertThat(line(CopyFormat.CSV, "plain words", "a,b", "say \"x\"", "two\nlines", null, ""))
                .isEqualTo("plain words,\"a,b\",\"say \"\"x\"\"\",\"two\nlines\",,\"\"\n");
    }

    @Test
    void aValueThatLooksLikeTheEndMarkerIsQuoted() {
        assertThat(line(CopyFormat.CSV, "\\.")).isEqualTo("\"\\.\"\n");
        assertThat(line(CopyFormat.CSV, "\\.", "x")).isEqualTo("\\.,x\n");
    }
}
