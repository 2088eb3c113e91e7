package dev.postmaster.child.syslogger;

import dev.postmaster.logpipe.ChunkWriter;
import dev.postmaster.logpipe.RecordForm;
import java.io.FileDescriptor;
import java.io.FileOutputStream;

/** A process that logs: number of the writer, number of records. */
final class LogWriterProgram {
    private LogWriterProgram() {}

    public static void main(String[] args) {
        int writer = Integer.parseInt(args[0]);
        int records = Integer.parseInt(args[1]);
        int pid = Math.toIntExact(ProcessHandle.current().pid());
        ChunkWriter log = new ChunkWriter(new FileOutputStream(FileDescriptor.err), pid);
        for (int serial = 0; serial < records; serial++) {
            log.write(RecordForm.TEXT, new LoadRecord(writer, serial).line());
        }
    }
}
