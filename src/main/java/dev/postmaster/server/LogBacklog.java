package dev.postmaster.server;

import dev.postmaster.logpipe.ChunkAssembler;
import dev.postmaster.logpipe.ChunkWriter;
import dev.postmaster.logpipe.RecordForm;
import dev.postmaster.logpipe.RecordOutput;
import dev.postmaster.os.Errno;
import dev.postmaster.os.Fd;
import dev.postmaster.os.OsException;
import dev.postmaster.os.RawIo;
import java.io.ByteArrayOutputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.EnumMap;
import java.util.Map;
import java.util.function.LongConsumer;

/**
 * The postmaster's own way into the log pipe, on which it never waits, whatever the syslogger does: the one who would
 * start the next syslogger must not stand still because there is none. What finds the pipe full is kept, in its order, and
 * follows when there is room, by the thread "log-backlog"; what is too much even to be kept is dropped and counted. Any
 * thread.
 */
final class LogBacklog implements RecordOutput {
    /** What is kept before anything is dropped, in bytes; the last record may go beyond it. */
    static final int ROOM = 4 << 20;

    private static final long PAUSE_MILLIS = 2;

    private final RawIo io;
    private final Fd pipe;
    private final LongConsumer teller;
    private final ChunkWriter chunks;

    /** Pieces for one write each. */
    private final Deque<byte[]> waiting = new ArrayDeque<>();

    private int waitingBytes;
    private long dropped;

    /** Of these. */
    private long told;

    private boolean closed;

    /**
     * Makes the way.
     *
     * @param pipe non-blocking, by an open file of its own, because that is a property of the open file; owned here
     * @param teller puts into the log how many records were dropped, when there is room again
     */
    LogBacklog(RawIo io, Fd pipe, int pid, LongConsumer teller) {
        this.io = io;
        this.pipe = pipe;
        this.teller = teller;
        this.chunks = new ChunkWriter(new Pieces(), pid);
    }

    void start() {
        Thread.ofPlatform().name("log-backlog").daemon().start(this::drain);
    }

    @Override
    public synchronized void write(RecordForm form, byte[] record) {
        if (hasRoom()) {
            chunks.write(form, record);
        }
    }

    /** For those who do not know of records, such as Java's standard error. */
    OutputStream plain() {
        return new Pieces() {
            @Override
            public void write(byte[] bytes, int from, int length) {
                synchronized (LogBacklog.this) {
                    if (hasRoom()) {
                        super.write(bytes, from, length);
                    }
                }
            }
        };
    }

    /**
     * Waits, not for ever, until the pipe has taken everything, and lets go of it. To be called once, by somebody who has
     * another place for what still comes.
     *
     * @return the records that it did not take, in the form that is best to read
     */
    synchronized byte[] end(Duration limit) {
        long deadline = System.nanoTime() + limit.toNanos();
        try {
            while (!waiting.isEmpty() && deadline - System.nanoTime() > 0) {
                wait(PAUSE_MILLIS);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        closed = true;
        pipe.close();
        notifyAll();
        return recordsOf(waiting);
    }

    /** How many records were dropped, counted once for each form they have. */
    synchronized long dropped() {
        return dropped;
    }

    private boolean hasRoom() {
        boolean room = !closed && waitingBytes < ROOM;
        dropped += room ? 0 : 1;
        return room;
    }

    private synchronized void put(byte[] piece) {
        if (!closed && (!waiting.isEmpty() || !isTaken(piece))) {
            waiting.add(piece);
            waitingBytes += piece.length;
            notifyAll();
        }
    }

    /** A pipe that fails in another way than by being full has no reader to say so to (LOG-10). */
    private boolean isTaken(byte[] piece) {
        try {
            io.writeOnce(pipe, piece, piece.length);
            return true;
        } catch (OsException e) {
            return !e.errno().equals(Errno.EAGAIN);
        }
    }

    private synchronized void drain() {
        try {
            while (!closed) {
                byte[] next = waiting.peek();
                if (next == null) {
                    tellDrops();
                    wait();
                } else if (isTaken(next)) {
                    waiting.remove();
                    waitingBytes -= next.length;
                } else {
                    wait(PAUSE_MILLIS);
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void tellDrops() {
        if (dropped > told) {
            long count = dropped - told;
            told = dropped;
            teller.accept(count);
        }
    }

    private static byte[] recordsOf(Iterable<byte[]> pieces) {
        var found = new Leftover();
        var assembler = new ChunkAssembler(found);
        for (byte[] piece : pieces) {
            assembler.space().put(piece);
            assembler.digest();
        }
        assembler.end();
        return found.best();
    }

    /** Cuts what is written, unless it is small enough, into what a pipe takes in one piece. */
    private class Pieces extends OutputStream {
        @Override
        public void write(int b) {
            write(new byte[] {(byte) b}, 0, 1);
        }

        @Override
        public void write(byte[] bytes, int from, int length) {
            int end = from + length;
            for (int at = from; at < end; at += RawIo.PIPE_BUF) {
                put(Arrays.copyOfRange(bytes, at, Math.min(end, at + RawIo.PIPE_BUF)));
            }
        }
    }

    /** Each record has come in every form that some destination needs. */
    private static final class Leftover implements ChunkAssembler.Receiver {
        private final Map<RecordForm, ByteArrayOutputStream> forms = new EnumMap<>(RecordForm.class);
        private final ByteArrayOutputStream formless = new ByteArrayOutputStream();

        @Override
        public void record(int pid, RecordForm form, ByteBuffer bytes) {
            copy(bytes, forms.computeIfAbsent(form, unknown -> new ByteArrayOutputStream()));
        }

        @Override
        public void fragment(int pid, ByteBuffer bytes) {
            copy(bytes, formless);
        }

        @Override
        public void foreign(ByteBuffer bytes) {
            copy(bytes, formless);
        }

        private static void copy(ByteBuffer from, ByteArrayOutputStream to) {
            byte[] copy = new byte[from.remaining()];
            from.get(copy);
            to.writeBytes(copy);
        }

        /** What has no form cannot be told from a record in another, and comes last. */
        byte[] best() {
            var all = new ByteArrayOutputStream();
            forms.values().stream().findFirst().ifPresent(best -> all.writeBytes(best.toByteArray()));
            all.writeBytes(formless.toByteArray());
            return all.toByteArray();
        }
    }
}
