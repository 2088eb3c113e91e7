package dev.postmaster.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import dev.postmaster.fuzz.Scratch;
import dev.postmaster.report.ReportException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.util.zip.CRC32C;

/** Whatever stands in {@code pg_control}: it is a record, or the cluster is not opened. The checksum is made right. */
public final class ControlFileFuzz {
    private static final int CHECKSUM_AT = 36;
    private static final ClusterLayout LAYOUT = cluster();

    private ControlFileFuzz() {}

    public static void fuzzerTestOneInput(byte[] data) {
        byte[] record = data.clone();
        if (record.length >= CHECKSUM_AT + Integer.BYTES) {
            CRC32C crc = new CRC32C();
            crc.update(record, 0, CHECKSUM_AT);
            ByteBuffer.wrap(record).putInt(CHECKSUM_AT, (int) crc.getValue());
        }
        try {
            Files.write(LAYOUT.controlFile(), record);
            ControlData read = ControlFile.read(LAYOUT);
            assertThat(read.withState(ClusterState.SHUT_DOWN, read.modified()).toString())
                    .contains(read.modified().toString());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (ReportException refused) {
            assertThat(refused.report().message()).isNotEmpty();
        }
    }

    private static ClusterLayout cluster() {
        try {
            return TestCluster.in(Scratch.directory());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
