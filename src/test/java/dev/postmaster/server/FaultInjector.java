package dev.postmaster.server;

import dev.postmaster.core.ChildKind;
import dev.postmaster.os.Errno;
import dev.postmaster.os.LaunchResult;
import dev.postmaster.os.Launcher;
import dev.postmaster.os.MemfdResult;
import dev.postmaster.os.Memfds;
import dev.postmaster.os.SpawnPlan;
import java.time.Duration;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Stands before the real kernel and makes the n-th launch of a kind fail on demand; everything else goes through. */
final class FaultInjector {
    /** How long a program takes that is slow. */
    static final Duration SLOWNESS = Duration.ofSeconds(30);

    /** What can go wrong between the wish for a child and the child. */
    enum Fault {
        EAGAIN,
        ENOMEM,
        EMFILE,
        ENOSPC,
        EINTR,
        /** No memfd for the parameter block; the temp file takes over. */
        NO_MEMFD,
        /** The program takes a while until it runs. */
        SLOW_EXEC;

        private LaunchResult launch(Launcher real, SpawnPlan plan) {
            return switch (this) {
                case EAGAIN -> new LaunchResult.Refused(Errno.EAGAIN);
                case ENOMEM -> new LaunchResult.Refused(Errno.ENOMEM);
                case EMFILE -> new LaunchResult.Refused(Errno.EMFILE);
                case ENOSPC -> new LaunchResult.Refused(Errno.ENOSPC);
                case EINTR -> new LaunchResult.Refused(Errno.EINTR);
                case NO_MEMFD -> real.launch(plan);
                case SLOW_EXEC -> real.launch(slow(plan));
            };
        }
    }

    private final Map<ChildKind, Map<Integer, Fault>> faults = new EnumMap<>(ChildKind.class);
    private final Map<ChildKind, Integer> launches = new EnumMap<>(ChildKind.class);
    private boolean nextMemfdRefused;

    /** The n-th launch of this kind, counted from 1, meets this fault. */
    void nth(int n, ChildKind kind, Fault fault) {
        faults.computeIfAbsent(kind, any -> new HashMap<>()).put(n, fault);
    }

    /** To be called before a launch of this kind, because a memfd does not tell whom it is for. */
    void about(ChildKind kind) {
        nextMemfdRefused = next(kind) == Fault.NO_MEMFD;
    }

    Launcher before(Launcher real) {
        return plan -> {
            ChildKind kind = kindOf(plan);
            Fault fault = next(kind);
            launches.merge(kind, 1, Integer::sum);
            return fault == null ? real.launch(plan) : fault.launch(real, plan);
        };
    }

    Memfds before(Memfds real) {
        return new Memfds() {
            @Override
            public MemfdResult sealed(String name, byte[] content) {
                boolean refused = nextMemfdRefused;
                nextMemfdRefused = false;
                return refused ? new MemfdResult.Refused(Errno.ENOMEM) : real.sealed(name, content);
            }

            @Override
            public MemfdResult shared(String name, long size) {
                return real.shared(name, size);
            }
        };
    }

    private @Nullable Fault next(ChildKind kind) {
        return faults.getOrDefault(kind, Map.of()).get(launches.getOrDefault(kind, 0) + 1);
    }

    private static ChildKind kindOf(SpawnPlan plan) {
        String name = plan.arguments().getFirst().substring("postmaster: ".length());
        return ChildKind.named(name).orElseThrow();
    }

    private static SpawnPlan slow(SpawnPlan plan) {
        return new SpawnPlan(
                "/bin/sh",
                List.of(plan.arguments().getFirst(), "-c", "sleep " + SLOWNESS.toSeconds() + "; exec sleep 60"),
                plan.environment(),
                plan.directory(),
                plan.blocked(),
                plan.descriptors());
    }
}
