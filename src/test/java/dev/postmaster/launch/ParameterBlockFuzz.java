package dev.postmaster.launch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.postmaster.core.ChildKind;
import java.nio.ByteBuffer;
import java.util.zip.CRC32C;

/**
 * Whatever is handed to a child as its parameter block: it is read, or refused by a name. An input is the number of the
 * child's kind and a block, whose magic number, version and checksum are made right.
 */
public final class ParameterBlockFuzz {
    private static final int CHECKSUM_AT = 16;
    private static final int HEADER = 20;

    private ParameterBlockFuzz() {}

    public static void fuzzerTestOneInput(byte[] data) {
        ByteBuffer in = ByteBuffer.wrap(data);
        if (!in.hasRemaining()) {
            return;
        }
        ChildKind[] kinds = ChildKind.values();
        ChildKind kind = kinds[(in.get() & 0xff) % kinds.length];
        byte[] block = new byte[in.remaining()];
        in.get(block);
        try {
            ParameterBlock read = ParameterCodec.decode(kind, sealed(block));
            byte[] written = ParameterCodec.encode(read);
            assertThat(ParameterCodec.encode(ParameterCodec.decode(kind, written)))
                    .isEqualTo(written);
        } catch (ParameterBlockException refused) {
            assertThat(refused).hasMessageNotContaining("null");
        }
    }

    private static byte[] sealed(byte[] block) {
        if (block.length < HEADER) {
            return block;
        }
        byte[] sample = ParameterCodec.encode(Blocks.of(StartupData.NONE));
        System.arraycopy(sample, 0, block, 0, Long.BYTES + Integer.BYTES);
        CRC32C crc = new CRC32C();
        crc.update(block, HEADER, block.length - HEADER);
        ByteBuffer.wrap(block).putInt(CHECKSUM_AT, (int) crc.getValue());
        return block;
    }
}
