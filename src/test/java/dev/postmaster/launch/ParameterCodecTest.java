package dev.postmaster.launch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.postmaster.config.SettingSources;
import dev.postmaster.core.ChildKind;
import dev.postmaster.launch.ParameterBlockException.Part;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import java.util.zip.CRC32C;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** CH-2, CH-18, Q-3: the record that makes a child, byte by byte. */
class ParameterCodecTest {
    private static final int HEADER = 20;

    static Stream<Arguments> blocks() {
        return Stream.of(
                Arguments.of(ChildKind.CHECKPOINTER, Blocks.of(StartupData.NONE)),
                Arguments.of(
                        ChildKind.SYSLOGGER,
                        Blocks.of(new SysLoggerStartup(7, SysLoggerStartup.NOT_OPEN, 9, SysLoggerStartup.NOT_OPEN))),
                Arguments.of(ChildKind.BGWORKER, Blocks.of(StartupData.NONE)),
                Arguments.of(
                        ChildKind.BGWORKER,
                        Blocks.of(
                                new WorkerStartup("mü", "", "/j.jar", "com.example.F", "a=1 'b'", true, 7, 1L << 40))),
                Arguments.of(ChildKind.BACKEND, Blocks.of(Blocks.backendStartup(new byte[0]))),
                Arguments.of(ChildKind.BACKEND, Blocks.of(Blocks.backendStartup(new byte[10_000]))));
    }

    @ParameterizedTest
    @MethodSource("blocks")
    void whatWasWrittenIsRead(ChildKind kind, ParameterBlock block) throws Exception {
        assertThat(ParameterCodec.decode(kind, ParameterCodec.encode(block))).isEqualTo(block);
    }

    @ParameterizedTest
    @MethodSource("blocks")
    void everyTruncationIsNoticed(ChildKind kind, ParameterBlock block) {
        byte[] bytes = ParameterCodec.encode(block);
        int startupDataAt = HEADER + ByteBuffer.wrap(bytes).getInt(12);
        for (int length = 0; length < bytes.length; length++) {
            byte[] head = Arrays.copyOf(bytes, length);
            Part expected = length < startupDataAt ? Part.FIXED : Part.STARTUP_DATA;
            assertThatExceptionOfType(ParameterBlockException.class)
                    .as("first %d of %d bytes", length, bytes.length)
                    .isThrownBy(() -> ParameterCodec.decode(kind, head))
                    .satisfies(e -> assertThat(e.part()).isEqualTo(expected));
        }
    }

    @Test
    void everyFlippedBitIsNoticed() {
        byte[] bytes = ParameterCodec.encode(Blocks.of(Blocks.backendStartup(new byte[] {1, 2, 3})));
        for (int bit = 0; bit < bytes.length * 8; bit++) {
            byte[] flipped = bytes.clone();
            flipped[bit / 8] ^= (byte) (1 << bit % 8);
            assertThatExceptionOfType(ParameterBlockException.class)
                    .as("bit %d", bit)
                    .isThrownBy(() -> ParameterCodec.decode(ChildKind.BACKEND, flipped));
        }
    }

    @Test
    void garbageUnderARightChecksumIsRefusedToo() {
        byte[] bytes = ParameterCodec.encode(Blocks.of(Blocks.backendStartup(new byte[] {1, 2, 3})));
        Random random = new Random(20231130);
        int refused = 0;
        for (int round = 0; round < 20_000; round++) {
            byte[] damaged = bytes.clone();
            for (int hits = 1 + random.nextInt(4); hits > 0; hits--) {
                damaged[HEADER + random.nextInt(damaged.length - HEADER)] = (byte) random.nextInt(256);
            }
            refused += isRefused(withChecksum(damaged)) ? 1 : 0;
        }
        assertThat(refused).as("blocks refused, none by another exception").isPositive();
    }

    @Test
    void aBlockForAnotherKindIsRefused() {
        byte[] bytes = ParameterCodec.encode(Blocks.of(new SysLoggerStartup(1, 2, 3, SysLoggerStartup.NOT_OPEN)));
        assertThatExceptionOfType(ParameterBlockException.class)
                .isThrownBy(() -> ParameterCodec.decode(ChildKind.CHECKPOINTER, bytes))
                .withMessage("not made for a checkpointer")
                .satisfies(e -> assertThat(e.part()).isEqualTo(Part.STARTUP_DATA));
    }

    @Test
    void anotherVersionIsNamed() {
        byte[] bytes = ParameterCodec.encode(Blocks.of(StartupData.NONE));
        ByteBuffer.wrap(bytes).putInt(8, 99);
        assertThatExceptionOfType(ParameterBlockException.class)
                .isThrownBy(() -> ParameterCodec.decode(ChildKind.STARTUP, bytes))
                .withMessage("version is 99, expected 3");
    }

    /** A change of these bytes is a change of the format: it needs a new version. */
    @Test
    void theBytesAreTheseAndNoOthers() {
        CommonParameters common = new CommonParameters(
                new CommonParameters.Paths("/d", "/x", "/h"),
                new CommonParameters.Postmaster(258, 1, 2),
                CommonParameters.Logging.DIRECT,
                new CommonParameters.Configuration(
                        Map.of("port", "1"), new SettingSources(Map.of(), Path.of("/c"), true, Map.of("a", "b"))));
        ParameterBlock block =
                new ParameterBlock(common, new ParameterBlock.Own(3, false, false, null), StartupData.NONE);
        assertThat(HexFormat.of().formatHex(ParameterCodec.encode(block)))
                .isEqualTo(HexFormat.of().formatHex("PMPARAMS".getBytes(StandardCharsets.US_ASCII))
                        + "00000003" + "00000064" + "687a9afd"
                        + "000000022f64" + "000000022f78" + "000000022f68"
                        + "00000102" + "0000000000000001" + "0000000000000002"
                        + "00" + "0000000000000000"
                        + "00000001" + "00000004706f7274" + "0000000131"
                        + "00000000" + "000000022f63" + "01" + "00000001" + "0000000161" + "0000000162"
                        + "00000003" + "00" + "00" + "00"
                        + "00000000");
    }

    @Test
    void theCancelKeyAndTheFirstBytesAreNeverPrinted() {
        assertThat(Blocks.backendStartup("secret".getBytes(StandardCharsets.US_ASCII)))
                .hasToString("BackendStartup[127.0.0.1:50000, 6 bytes read]");
    }

    private static boolean isRefused(byte[] block) {
        try {
            ParameterCodec.decode(ChildKind.BACKEND, block);
            return false;
        } catch (ParameterBlockException e) {
            return true;
        }
    }

    private static byte[] withChecksum(byte[] block) {
        CRC32C crc = new CRC32C();
        crc.update(block, HEADER, block.length - HEADER);
        ByteBuffer.wrap(block).putInt(16, (int) crc.getValue());
        return block;
    }
}
