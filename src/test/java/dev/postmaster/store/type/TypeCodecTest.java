package dev.postmaster.store.type;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.postmaster.report.ReportException;
import dev.postmaster.report.SqlState;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.Map;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** The expected bytes and texts are PostgreSQL 15's own answers, from its send and out functions. */
class TypeCodecTest {

    @ParameterizedTest
    @CsvSource({
        "1e15, FLOAT8, 1e+15",
        "1e14, FLOAT8, 100000000000000",
        "0.0001, FLOAT8, 0.0001",
        "0.00001, FLOAT8, 1e-05",
        "1.5e300, FLOAT8, 1.5e+300",
        "1, FLOAT8, 1",
        "-0.0, FLOAT8, -0",
        "0.1, FLOAT8, 0.1",
        "1e6, FLOAT4, 1e+06",
        "123456, FLOAT4, 123456",
        "1e20, NUMERIC, 100000000000000000000",
        "1.5, NUMERIC, 1.5",
        "NaN, FLOAT8, NaN",
        "-Infinity, FLOAT8, -Infinity",
    })
    void realsReadAsPostgresWritesThem(double value, PgType type, String text) {
        assertThat(text(value, type)).isEqualTo(text);
    }

    @ParameterizedTest
    @CsvSource({
        "2026-11-22 17:00:00.123+01, TIMESTAMPTZ, 2026-11-22 16:00:00.123+00",
        "2026-11-22T17:00:00Z,       TIMESTAMPTZ, 2026-11-22 17:00:00+00",
        "2026-11-22 17:00:00,        TIMESTAMPTZ, 2026-11-22 17:00:00+00",
        "2026-11-22 00:30:00+05:30,  TIMESTAMPTZ, 2026-11-21 19:00:00+00",
        "2026-11-22 17:00:00.500000, TIMESTAMP,   2026-11-22 17:00:00.5",
        "2026-11-22 17:00:00+01,     TIMESTAMP,   2026-11-22 17:00:00",
        "2026-11-22,                 TIMESTAMP,   2026-11-22 00:00:00",
        "2026-11-22 17:00:00,        DATE,        2026-11-22",
        "17:05,                      TIME,        17:05:00",
        "soon,                       TIMESTAMPTZ, soon",
    })
    void storedTimesReadInThePostgresForm(String stored, PgType type, String text) {
        assertThat(text(stored, type)).isEqualTo(text);
    }

    @Test
    void truthIsOneLetter() {
        assertThat(text(1L, PgType.BOOL)).isEqualTo("t");
        assertThat(text(0L, PgType.BOOL)).isEqualTo("f");
        assertThat(text("TRUE", PgType.BOOL)).isEqualTo("t");
        assertThat(text("no", PgType.BOOL)).isEqualTo("f");
        assertThat(text("maybe", PgType.BOOL)).isEqualTo("maybe");
    }

    @Test
    void anIntegerTooWideForItsColumnStillReadsAsText() {
        assertThat(text(3_000_000_000L, PgType.INT4)).isEqualTo("3000000000");
        assertThatThrownBy(() -> TypeCodec.encode(3_000_000_000L, PgType.INT4.oid(), TypeCodec.BINARY))
                .isInstanceOfSatisfying(
                        ReportException.class,
                        e -> assertThat(e.report().message()).isEqualTo("integer out of range"));
    }

    @ParameterizedTest
    @CsvSource({
        "INT2, -2, fffe",
        "INT4, 66051, 00010203",
        "INT8, -1, ffffffffffffffff",
        "OID, 4294967295, ffffffff",
        "BOOL, 1, 01",
        "NUMERIC, 10000, 00010001000000000001",
        "NUMERIC, 0, 0000000000000000",
        "FLOAT8, 1, 3ff0000000000000",
        "FLOAT4, 1, 3f800000",
    })
    void integersTravelInBinary(PgType type, long value, String hex) {
        assertThat(binary(value, type)).isEqualTo(hex);
        assertThat(decodeBinary(hex, type))
                .isEqualTo(type == PgType.FLOAT4 || type == PgType.FLOAT8 ? 1.0 : (Object) value);
    }

    @ParameterizedTest
    @CsvSource({
        "NUMERIC, 12345.678, 0003000100000003000109291a7c",
        "NUMERIC, -0.00012, 0002ffff40000005000107d0",
        "TIMESTAMPTZ, 2026-11-22 17:00:00.123+01, 000303de56916078",
        "TIMESTAMP, 2026-11-22 16:00:00.123, 000303de56916078",
        "DATE, 1999-12-31, ffffffff",
        "TIME, 00:00:01, 00000000000f4240",
        "UUID, 0f1e2d3c-4b5a-6978-8796-a5b4c3d2e1f0, 0f1e2d3c4b5a69788796a5b4c3d2e1f0",
        "JSONB, '{}', 017b7d",
        "TEXT, ä, c3a4",
        "VARCHAR, abc, 616263",
    })
    void textsTravelInBinary(PgType type, String value, String hex) {
        assertThat(binary(value, type)).isEqualTo(hex);
    }

    @ParameterizedTest
    @CsvSource({
        "NUMERIC, 0003000100000003000109291a7c, 12345.678",
        "TIMESTAMPTZ, 000303de56916078, 2026-11-22 16:00:00.123",
        "TIMESTAMP, ffffffffffffffff, 1999-12-31 23:59:59.999999",
        "DATE, ffffffff, 1999-12-31",
        "UUID, 0f1e2d3c4b5a69788796a5b4c3d2e1f0, 0f1e2d3c-4b5a-6978-8796-a5b4c3d2e1f0",
        "JSONB, 017b7d, '{}'",
        "TEXT, c3a4, ä",
        "FLOAT8, 3ff8000000000000, 1.5",
    })
    void binaryParametersAreStoredAsSqliteWouldWriteThem(PgType type, String hex, String stored) {
        assertThat(decodeBinary(hex, type)).hasToString(stored);
    }

    @Test
    void textParametersBecomeWhatTheirTypeIsStoredAs() {
        Map<PgType, Map<String, Object>> cases = Map.of(
                PgType.BOOL, Map.of("t", 1L, "false", 0L),
                PgType.INT4, Map.of(" 42 ", 42L),
                PgType.FLOAT8, Map.of("1e2", 100.0),
                PgType.NUMERIC,
                        Map.of(
                                "1.50",
                                1.5,
                                "12",
                                12L,
                                "12345678901234567890.123456789",
                                "12345678901234567890.123456789"),
                PgType.TIMESTAMPTZ, Map.of("2026-11-22 17:00:00+01", "2026-11-22 16:00:00"),
                PgType.UNKNOWN, Map.of("42", "42"));
        cases.forEach((type, examples) -> examples.forEach(
                (text, stored) -> assertThat(decodeText(text, type)).isEqualTo(stored)));
        assertThat((byte[]) decodeText("\\x00ff", PgType.BYTEA)).containsExactly(0, -1);
        assertThat((byte[]) decodeText("a\\\\b\\001", PgType.BYTEA)).containsExactly('a', '\\', 'b', 1);
    }

    @ParameterizedTest
    @CsvSource({
        "INT4, 12x, INVALID_TEXT_REPRESENTATION, 'invalid input syntax for type integer: \"12x\"'",
        "INT2, 40000, NUMERIC_VALUE_OUT_OF_RANGE, 'value \"40000\" is out of range for type smallint'",
        "BOOL, maybe, INVALID_TEXT_REPRESENTATION, 'invalid input syntax for type boolean: \"maybe\"'",
        "BYTEA, '\\xf', INVALID_TEXT_REPRESENTATION, 'invalid input syntax for type bytea: \"\\xf\"'",
        "TIMESTAMP, soon, INVALID_TEXT_REPRESENTATION, 'invalid input syntax for type timestamp without time zone: \"soon\"'",
    })
    void badTextIsNamed(PgType type, String text, SqlState state, String message) {
        assertFails(() -> decodeText(text, type), state, message);
    }

    @Test
    void badBytesAreNamed() {
        assertFails(
                () -> decodeBinary("0102", PgType.INT4),
                SqlState.INVALID_BINARY_REPRESENTATION,
                "incorrect binary data format for type integer: 2 bytes");
        assertFails(
                () -> decodeBinary("ff", PgType.TEXT),
                SqlState.CHARACTER_NOT_IN_REPERTOIRE,
                "invalid byte sequence for encoding \"UTF8\"");
        assertFails(
                () -> TypeCodec.encode("x", PgType.TEXT.oid(), 2),
                SqlState.INVALID_PARAMETER_VALUE,
                "unsupported format code: 2");
    }

    @ParameterizedTest
    @EnumSource
    void everyTypeHasATextForm(PgType type) {
        assertThat(text("x", type)).isEqualTo(type == PgType.VOID ? "" : "x");
        assertThat(PgType.of(type.oid())).isSameAs(type);
        assertThat(PgType.named(type == PgType.CHAR ? "bpchar" : type.sqlName()))
                .isNotNull();
    }

    @Test
    void blobsAreHexEverywhere() {
        byte[] blob = {0, 1, (byte) 0xAB};
        Function<PgType, String> read = type -> text(blob, type);
        assertThat(read.apply(PgType.BYTEA)).isEqualTo("\\x0001ab");
        assertThat(read.apply(PgType.TEXT)).isEqualTo("\\x0001ab");
        assertThat(TypeCodec.encode(blob, PgType.BYTEA.oid(), TypeCodec.BINARY)).isEqualTo(blob);
    }

    private static void assertFails(Runnable work, SqlState state, String message) {
        assertThatThrownBy(work::run).isInstanceOfSatisfying(ReportException.class, e -> {
            assertThat(e.report().sqlState()).isEqualTo(state);
            assertThat(e.report().message()).isEqualTo(message);
        });
    }

    private static String text(Object value, PgType type) {
        return new String(TypeCodec.encode(value, type.oid(), TypeCodec.TEXT), StandardCharsets.UTF_8);
    }

    private static String binary(Object value, PgType type) {
        return HexFormat.of().formatHex(TypeCodec.encode(value, type.oid(), TypeCodec.BINARY));
    }

    private static Object decodeText(String text, PgType type) {
        return TypeCodec.decode(text.getBytes(StandardCharsets.UTF_8), type.oid(), TypeCodec.TEXT);
    }

    private static Object decodeBinary(String hex, PgType type) {
        return TypeCodec.decode(HexFormat.of().parseHex(hex), type.oid(), TypeCodec.BINARY);
    }
}
