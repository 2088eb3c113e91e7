package dev.postmaster.logpipe;

import java.io.ByteArrayOutputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** A record of 512 bytes: into a chunk, and out of a buffer that was read full of them. {@code bin/bench jmh Chunk} */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class ChunkBenchmark {
    private static final int RECORDS = 200;
    private static final int RECORD_BYTES = 512;
    private static final int PID = 4711;

    private final byte[] record = new byte[RECORD_BYTES];
    private final ChunkWriter writer = new ChunkWriter(OutputStream.nullOutputStream(), PID);
    private final Counter counter = new Counter();
    private final ChunkAssembler assembler = new ChunkAssembler(counter);
    private final byte[] chunks = chunks();

    @Benchmark
    public void write() {
        writer.write(RecordForm.TEXT, record);
    }

    @Benchmark
    @OperationsPerInvocation(RECORDS)
    public long assemble() {
        assembler.space().put(chunks);
        assembler.digest();
        return counter.bytes;
    }

    private byte[] chunks() {
        ByteArrayOutputStream pipe = new ByteArrayOutputStream();
        ChunkWriter full = new ChunkWriter(pipe, PID);
        for (int i = 0; i < RECORDS; i++) {
            full.write(RecordForm.TEXT, record);
        }
        return pipe.toByteArray();
    }

    private static final class Counter implements ChunkAssembler.Receiver {
        private long bytes;

        @Override
        public void record(int pid, RecordForm form, ByteBuffer whole) {
            bytes += whole.remaining();
        }

        @Override
        public void fragment(int pid, ByteBuffer beginning) {
            throw new IllegalStateException("every record is whole");
        }

        @Override
        public void foreign(ByteBuffer unknown) {
            throw new IllegalStateException("nobody else writes");
        }
    }
}
