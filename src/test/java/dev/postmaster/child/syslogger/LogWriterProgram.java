package dev.postmaster.child.syslogger;

import dev.postmaster.logpipe.ChunkWriter;
import dev.postmaster.logpipe.RecordForm;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * A process that logs: number of the writer, number of records. It stops earlier when its standard input ends, and prints a
 * line when it has written its first record, and how many it has written at the end.
 */
final class LogWriterProgram {
    private LogWriterProgram() {}

    public static void main(String[] args) {
        AtomicBoolean wanted = new AtomicBoolean(true);
        Thread.ofPlatform().daemon().start(() -> awaitEndOfInput(wanted));
        int writer = Integer.parseInt(args[0]);
        int records = Integer.parseInt(args[1]);
        int pid = Math.toIntExact(ProcessHandle.current().pid());
        ChunkWriter log = new ChunkWriter(new FileOutputStream(FileDescriptor.err), pid);
        int serial = 0;
        while (serial < records && wanted.get()) {
            log.write(RecordForm.TEXT, new LoadRecord(writer, serial).line());
            serial++;
            if (serial == 1) {
                System.out.println("begun");
            }
        }
        System.out.println(serial);
    }

    private static void awaitEndOfInput(AtomicBoolean wanted) {
        try {
            System.in.transferTo(OutputStream.nullOutputStream());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        wanted.set(false);
    }
}
