package dev.postmaster.core;

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

/** What the core's part of a client's coming and going costs the event loop. {@code bin/bench jmh Transition} */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class TransitionBenchmark {
    private static final int SLOTS = 100;

    private final Pm running = Rules.allKinds().backendSlots(SLOTS).running().pm();
    private final PmEvent comes = Events.client(1);
    private final PmEvent leaves = Events.exited(ChildKind.BACKEND, 0);

    @Benchmark
    public Step clientComesAndLeaves() {
        return Transition.step(Transition.step(running, comes).next(), leaves);
    }
}
