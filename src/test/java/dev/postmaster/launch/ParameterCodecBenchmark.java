package dev.postmaster.launch;

import dev.postmaster.config.Guc;
import dev.postmaster.config.SettingSources;
import dev.postmaster.core.ChildKind;
import dev.postmaster.shmem.SegmentIdentity;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** The block that a backend gets, with as many settings as there are. {@code bin/bench jmh ParameterCodec} */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class ParameterCodecBenchmark {
    private static final int SETTINGS = Guc.all().size();
    private static final int FIRST_PACKET_BYTES = 84;

    private final ParameterBlock block = backendBlock();
    private final byte[] bytes = ParameterCodec.encode(block);

    @Benchmark
    public byte[] encode() {
        return ParameterCodec.encode(block);
    }

    @Benchmark
    public ParameterBlock decode() throws ParameterBlockException {
        return ParameterCodec.decode(ChildKind.BACKEND, bytes);
    }

    private static ParameterBlock backendBlock() {
        Map<String, String> settings = IntStream.range(0, SETTINGS)
                .boxed()
                .collect(Collectors.toMap(i -> "a_setting_of_number_" + i, i -> "value " + i));
        var sources = new SettingSources(
                Map.of("port", "6543", "logging_collector", "on"), Path.of("/data/postmaster.conf"), true, Map.of());
        var common = new CommonParameters(
                Blocks.COMMON.paths(),
                Blocks.COMMON.postmaster(),
                Blocks.COMMON.logging(),
                new CommonParameters.Configuration(settings, sources));
        var own = new ParameterBlock.Own(7, true, false, new SegmentIdentity(1 << 20, 2, 4711));
        return new ParameterBlock(common, own, Blocks.backendStartup(new byte[FIRST_PACKET_BYTES]));
    }
}
