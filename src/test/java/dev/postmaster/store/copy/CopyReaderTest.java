package dev.postmaster.store.copy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.postmaster.report.ReportException;
import dev.postmaster.report.SqlState;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CopyReaderTest {
    private static List<@Nullable String> row(@Nullable String... values) {
        return Arrays.asList(values);
    }

    private static List<List<@Nullable String>> read(CopyFormat format, String text) {
        return read(format, text.getBytes(StandardCharsets.UTF_8), Integer.MAX_VALUE);
    }

    private static List<List<@Nullable String>> read(CopyFormat format, byte[] bytes, int pieceLength) {
        CopyReader reader = new CopyReader(format);
        List<List<@Nullable String>> rows = new ArrayList<>();
        for (int at = 0; at < bytes.length; at += Math.min(pieceLength, bytes.length - at)) {
            reader.feed(Arrays.copyOfRange(bytes, at, at + Math.min(pieceLength, bytes.length - at)));
            take(reader, rows);
        }
        reader.end();
        take(reader, rows);
        return rows;
    }

    private static void take(CopyReader reader, List<List<@Nullable String>> rows) {
        for (List<@Nullable String> row = reader.next(); row != null; row = reader.next()) {
            rows.add(row);
        }
    }

    @Test
    void textIsCutAtTabsAndNullIsNotTheEmptyString() {
        assertThat(read(CopyFormat.TEXT, "1\ta b\t\n2\t\\N\tx\n"))
                .containsExactly(row("1", "a b", ""), row("2", null, "x"));
    }

    @Test
    void escapesOfTextAreUndone() {
        assertThat(read(CopyFormat.TEXT, "a\\tb\\nc\\\\d\\\te\\101\\x42z\t\\\\N\n"))
                .containsExactly(row("a\tb\nc\\d\teABz", "\\N"));
    }

    @Test
    void anEscapedLineEndIsDataInText() {
        assertThat(read(CopyFormat.TEXT, "a\\\nb\nc\n")).containsExactly(row("a\nb"), row("c"));
    }

    @Test
    void aLastLineNeedsNoEndAndCarriageReturnsAreDropped() {
        assertThat(read(CopyFormat.TEXT, "a\r\nb")).containsExactly(row("a"), row("b"));
    }

    @Test
    void nothingIsReadBehindTheEndMarker() {
        assertThat(read(CopyFormat.TEXT, "a\n\\.\nb\n")).containsExactly(row("a"));
        assertThat(read(CopyFormat.CSV, "a\n\\.\nb\n")).containsExactly(row("a"));
    }

    @Test
    void whatComesBehindTheEndMarkerInALaterMessageIsNoDataEither() {
        for (int pieces = 1; pieces < 9; pieces++) {
            assertThat(read(CopyFormat.TEXT, "a\n\\.\nb\nc".getBytes(StandardCharsets.UTF_8), pieces))
                    .as("in pieces of %d bytes", pieces)
                    .containsExactly(row("a"));
        }
    }

    @Test
    void escapesNameBytesOfWhichSeveralAreOneCharacter() {
        assertThat(read(CopyFormat.TEXT, "caf\\303\\251\t\\xc3\\xa9\tcaf\u00e9\n"))
                .containsExactly(row("caf\u00e9", "\u00e9", "caf\u00e9"));
        assertThatThrownBy(() -> read(CopyFormat.TEXT, "caf\\303\n"))
                .extracting(e -> ((ReportException) e).report().sqlState())
                .isEqualTo(SqlState.CHARACTER_NOT_IN_REPERTOIRE);
    }

    @Test
    void aLineWithoutRoomIsRefusedBeforeItIsKept() {
        CopyReader reader = new CopyReader(CopyFormat.TEXT, 10);
        reader.feed("12345678\n".getBytes(StandardCharsets.UTF_8));
        assertThat(reader.next()).isEqualTo(row("12345678"));
        reader.feed("1234567".getBytes(StandardCharsets.UTF_8));
        assertThat(reader.next()).isNull();
        assertThatThrownBy(() -> reader.feed("890a".getBytes(StandardCharsets.UTF_8)))
                .isInstanceOfSatisfying(ReportException.class, e -> {
                    assertThat(e.report().sqlState()).isEqualTo(SqlState.PROGRAM_LIMIT_EXCEEDED);
                    assertThat(e.report().detail())
                            .isEqualTo("Cannot enlarge string buffer containing 7 bytes by 4 more bytes.");
                });
        assertThat(reader.line()).isEqualTo(2);
        assertThat(reader.lineText()).isEqualTo("1234567");
    }

    @Test
    void quotesOfCsvKeepDelimitersLineEndsAndEmptyStrings() {
        assertThat(read(CopyFormat.CSV, "1,\"a,\"\"b\"\"\nc\",\n2,\"\",pre\"fix\"\n"))
                .containsExactly(row("1", "a,\"b\"\nc", null), row("2", "", "prefix"));
    }

    @Test
    void anEscapeOfItsOwnProtectsAQuote() {
        CopyFormat format = new CopyFormat(CopyFormat.Style.CSV, ';', "NULL", false, '\'', '\\');
        assertThat(read(format, "'it\\'s\n';NULL;'NULL'\nx;y;z\n"))
                .containsExactly(row("it's\n", null, "NULL"), row("x", "y", "z"));
    }

    @Test
    void aHeaderIsSkipped() {
        CopyFormat format = new CopyFormat(CopyFormat.Style.CSV, ',', "", true, '"', '"');
        assertThat(read(format, "id,name\n1,x\n")).containsExactly(row("1", "x"));
    }

    @Test
    void aQuoteThatDoesNotEndIsAnError() {
        assertThatThrownBy(() -> read(CopyFormat.CSV, "1,\"abc\n2,x\n"))
                .isInstanceOfSatisfying(ReportException.class, e -> {
                    assertThat(e.report().sqlState()).isEqualTo(SqlState.BAD_COPY_FILE_FORMAT);
                    assertThat(e.report().message()).isEqualTo("unterminated CSV quoted field");
                });
    }

    @Test
    void bytesThatAreNotUtf8AreAnError() {
        assertThatThrownBy(() -> read(CopyFormat.TEXT, new byte[] {'a', (byte) 0xC3, '\n'}, 3))
                .isInstanceOfSatisfying(
                        ReportException.class,
                        e -> assertThat(e.report().sqlState()).isEqualTo(SqlState.CHARACTER_NOT_IN_REPERTOIRE));
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 7, 9000})
    void itDoesNotMatterHowTheBytesAreCut(int pieceLength) {
        List<List<@Nullable String>> rows = new ArrayList<>();
        CopyWriter writer = new CopyWriter(CopyFormat.CSV);
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < 2000; i++) {
            List<@Nullable String> row =
                    row("n" + i, i % 3 == 0 ? null : "g\u00fcn\nstig, \"" + i + "\" \ud83d\ude00", "");
            rows.add(row);
            text.append(new String(writer.line(row), StandardCharsets.UTF_8));
        }
        assertThat(read(CopyFormat.CSV, text.toString().getBytes(StandardCharsets.UTF_8), pieceLength))
                .isEqualTo(rows);
    }
}
