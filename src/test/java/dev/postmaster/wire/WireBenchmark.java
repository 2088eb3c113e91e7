package dev.postmaster.wire;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;
import org.openjdk.jmh.infra.Blackhole;

/** The messages of one query, both ways: simple, and extended as drivers do it. {@code bin/bench jmh Wire} */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class WireBenchmark {
    private static final int INT8 = 20;
    private static final int ROOM = 1 << 20;
    private static final String SQL = "select abalance from pgbench_accounts where aid = ";

    private final ByteArrayInputStream simple =
            new ByteArrayInputStream(Bytes.message('Q', new Bytes().string(SQL + "4711")));
    private final ByteArrayInputStream extended = new ByteArrayInputStream(new Bytes()
            .raw(Bytes.message('P', new Bytes().string("").string(SQL + "$1").int16(0)))
            .raw(Bytes.message('B', bind()))
            .raw(Bytes.message('D', new Bytes().int8('P').string("")))
            .raw(Bytes.message('E', new Bytes().string("").int32(0)))
            .raw(Bytes.message('S', new Bytes()))
            .toArray());
    private final FrontendDecoder simpleDecoder = new FrontendDecoder(simple, ROOM);
    private final FrontendDecoder extendedDecoder = new FrontendDecoder(extended, ROOM);
    private final BackendEncoder encoder = new BackendEncoder(OutputStream.nullOutputStream());
    private final byte[] value = "1234".getBytes(US_ASCII);

    @Benchmark
    public FrontendMessage decodeSimpleQuery() {
        simple.reset();
        return simpleDecoder.next();
    }

    /** Parse, Bind, Describe, Execute, Sync. */
    @Benchmark
    public void decodeExtendedQuery(Blackhole hole) {
        extended.reset();
        FrontendMessage message;
        do {
            message = extendedDecoder.next();
            hole.consume(message);
        } while (!(message instanceof FrontendMessage.Sync));
    }

    /** RowDescription, one DataRow, CommandComplete, ReadyForQuery. */
    @Benchmark
    public void encodeAnswer() throws IOException {
        encoder.send(new BackendMessage.RowDescription(
                List.of(new BackendMessage.RowDescription.Field("abalance", 0, 0, INT8, 8, -1, 0))));
        encoder.send(new BackendMessage.DataRow(List.of(value)));
        encoder.send(new BackendMessage.CommandComplete("SELECT 1"));
        encoder.send(new BackendMessage.ReadyForQuery(TransactionStatus.IDLE));
        encoder.flush();
    }

    private static Bytes bind() {
        return new Bytes()
                .string("")
                .string("")
                .int16(0)
                .int16(1)
                .int32(4)
                .raw("4711".getBytes(US_ASCII))
                .int16(0);
    }
}
