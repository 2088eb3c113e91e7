package dev.postmaster.cluster;

import dev.postmaster.report.FileErrors;
import dev.postmaster.report.Report;
import dev.postmaster.report.ReportException;
import dev.postmaster.report.Severity;
import dev.postmaster.report.SqlState;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.zip.CRC32C;

/**
 * {@code global/pg_control}: one record, overwritten where it is, so that a full disk cannot keep a crash from being
 * recovered from. It fits into one sector of any disk, which is written whole or not at all. Layout, big endian: magic and version (int each), system
 * identifier (long), state (int), modified and checkpoint (long each, microseconds since 1970), CRC-32C of all before it
 * (int).
 */
public final class ControlFile {
    private static final int MAGIC = 0x504D4354; // "PMCT"
    private static final int VERSION = 1;
    private static final int SIZE = 40;

    private ControlFile() {}

    /**
     * Reads and verifies the record (CH-36.3).
     *
     * @throws ReportException PANIC if the file cannot be read, FATAL if it is damaged or of another version
     */
    public static ControlData read(ClusterLayout layout) {
        Path file = layout.controlFile();
        try {
            byte[] bytes = Files.readAllBytes(file);
            if (bytes.length < SIZE) {
                throw new ReportException(Report.of(
                        Severity.PANIC,
                        SqlState.DATA_CORRUPTED,
                        "could not read file \"" + file + "\": read " + bytes.length + " of " + SIZE));
            }
            return decode(bytes);
        } catch (IOException e) {
            throw new ReportException(FileErrors.report(Severity.PANIC, "could not open file \"" + file + "\"", e), e);
        }
    }

    /**
     * Writes the record; after a crash the file holds the old or the new one. The modes are those of a new file.
     *
     * @throws ReportException PANIC if that fails: without it nobody knows how the cluster was left
     */
    public static void write(ClusterLayout layout, ControlData data, FileModes modes) {
        try {
            DurableFiles.overwrite(layout.controlFile(), encode(data), modes);
        } catch (IOException e) {
            throw new ReportException(
                    FileErrors.report(Severity.PANIC, "could not write to file \"" + layout.controlFile() + "\"", e),
                    e);
        }
    }

    private static byte[] encode(ControlData data) {
        ByteBuffer record = ByteBuffer.allocate(SIZE)
                .putInt(MAGIC)
                .putInt(VERSION)
                .putLong(data.systemIdentifier())
                .putInt(data.state().code())
                .putLong(micros(data.modified()))
                .putLong(micros(data.checkpoint()));
        return record.putInt(checksum(record.array())).array();
    }

    private static ControlData decode(byte[] bytes) {
        ByteBuffer record = ByteBuffer.wrap(bytes);
        int magic = record.getInt();
        int version = record.getInt();
        if (magic != MAGIC || version != VERSION) {
            throw new ReportException(Report.of(Severity.FATAL, "database files are incompatible with server")
                    .withDetail("The control file has version " + version + ", but this server reads version " + VERSION
                            + ".")
                    .withHint("It looks like you need to initdb."));
        }
        long systemIdentifier = record.getLong();
        ClusterState state = ClusterState.ofCode(record.getInt());
        Instant modified = instant(record.getLong());
        Instant checkpoint = instant(record.getLong());
        if (state == null || record.getInt() != checksum(bytes)) {
            throw new ReportException(Report.of(Severity.FATAL, "incorrect checksum in control file"));
        }
        return new ControlData(systemIdentifier, state, modified, checkpoint);
    }

    private static int checksum(byte[] bytes) {
        CRC32C crc = new CRC32C();
        crc.update(bytes, 0, SIZE - Integer.BYTES);
        return (int) crc.getValue();
    }

    private static long micros(Instant instant) {
        return ChronoUnit.MICROS.between(Instant.EPOCH, instant);
    }

    private static Instant instant(long micros) {
        return Instant.EPOCH.plus(micros, ChronoUnit.MICROS);
    }
}
