package dev.postmaster.it;

import dev.postmaster.os.Errno;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Random;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;

/** What chaos can do. */
enum ChaosDeed {
    SIGNAL_A_CHILD {
        @Override
        Blow doTo(ChaosSystem system, Random random) {
            String kind = pick(KINDS, random);
            String signal = pick(SIGNALS, random);
            Duration pause = Duration.ofMillis(random.nextLong(50, 500));
            int victim = someOf(system, kind, random);
            if (victim == 0) {
                return nobody(kind);
            }
            Instant at = Instant.now();
            boolean hit = signal(victim, signal);
            Blow blow = Blow.to(kind, victim, "SIG" + signal, hit && isDeadly(kind, signal), at);
            return signal.equals("STOP") ? blow.lasting(pause, () -> signal(victim, "CONT")) : blow;
        }
    },
    MAKE_A_CHILD_EXIT {
        @Override
        Blow doTo(ChaosSystem system, Random random) {
            String kind = pick(JAVA_KINDS, random);
            int status = random.nextBoolean() ? random.nextInt(4) : random.nextInt(256);
            int victim = someOf(system, kind, random);
            if (victim == 0) {
                return nobody(kind);
            }
            boolean hit = ForcedExit.of(victim, status);
            // The collector's exit 0 is how it leaves when all is said, and nothing to speak of.
            boolean deadly = hit && !(kind.equals("syslogger") && status == 0);
            return Blow.to(kind, victim, "exit " + status, deadly, Instant.now());
        }
    },
    KILL_THE_STARTUP_PROCESS {
        @Override
        Blow doTo(ChaosSystem system, Random random) {
            String kind = random.nextBoolean() ? "startup" : "checkpointer";
            int checkpointer = someOf(system, "checkpointer", random);
            if (checkpointer == 0 || !signal(checkpointer, "KILL")) {
                return nobody("checkpointer");
            }
            Proc.awaitGone(checkpointer);
            int victim = awaitNew(system, kind);
            if (victim == 0) {
                return nobody(kind);
            }
            Instant at = Instant.now();
            boolean hit =
                    ProcessHandle.of(victim).map(ProcessHandle::destroyForcibly).orElse(false);
            return Blow.to(kind, victim, "SIGKILL in crash recovery", hit, at);
        }
    },
    KILL_A_CHILD_AND_REFUSE_ANOTHER {
        @Override
        Blow doTo(ChaosSystem system, Random random) {
            String kind = pick(KINDS, random);
            Errno errno = pick(REFUSALS, random);
            Duration pause = Duration.ofMillis(random.nextLong(50, 500));
            system.faults().refuse(kind, errno);
            return kill(system, kind, random, " while none can be launched: " + errno)
                    .lasting(pause, system.faults()::lift);
        }
    },
    KILL_A_CHILD_AND_START_SLOWLY {
        @Override
        Blow doTo(ChaosSystem system, Random random) {
            String kind = pick(KINDS, random);
            Duration pause = Duration.ofMillis(random.nextLong(50, 500));
            system.faults().slow(kind, pause);
            return kill(system, kind, random, " while a launch takes " + pause.toMillis() + " ms")
                    .lasting(pause, system.faults()::lift);
        }
    },
    FILL_THE_DISK {
        @Override
        Blow doTo(ChaosSystem system, Random random) {
            system.disk().ifPresent(SmallDisk::fill);
            return Blow.toNobody(
                    system.disk().isPresent() ? "the disk is full" : "no full disk: mounting one is not allowed here");
        }
    },
    FREE_THE_DISK {
        @Override
        Blow doTo(ChaosSystem system, Random random) {
            system.disk().ifPresent(SmallDisk::free);
            return Blow.toNobody("the disk has room");
        }
    };

    private static final List<ChaosDeed> MIX = List.of(
            SIGNAL_A_CHILD,
            SIGNAL_A_CHILD,
            SIGNAL_A_CHILD,
            SIGNAL_A_CHILD,
            MAKE_A_CHILD_EXIT,
            MAKE_A_CHILD_EXIT,
            KILL_A_CHILD_AND_REFUSE_ANOTHER,
            KILL_A_CHILD_AND_START_SLOWLY,
            KILL_THE_STARTUP_PROCESS,
            FILL_THE_DISK,
            FREE_THE_DISK);
    private static final List<String> JAVA_KINDS =
            List.of("backend", "backend", "checkpointer", "syslogger", "bgworker");
    private static final List<String> KINDS =
            Stream.concat(JAVA_KINDS.stream(), Stream.of(ChaosWorkers.PROGRAM)).toList();
    private static final List<String> SIGNALS =
            List.of("KILL", "SEGV", "ABRT", "TERM", "QUIT", "INT", "USR1", "USR2", "STOP", "HUP");
    private static final List<Errno> REFUSALS =
            List.of(Errno.EAGAIN, Errno.ENOMEM, Errno.EMFILE, Errno.ENOSPC, Errno.EINTR);
    private static final Duration RECOVERY = Duration.ofSeconds(2);

    abstract Blow doTo(ChaosSystem system, Random random);

    static ChaosDeed any(Random random) {
        return pick(MIX, random);
    }

    /**
     * Spec 4.2: who dies of what. A checkpointer that is told to write the last checkpoint does so, and is missed (4.5). A
     * program that knows no better dies of everything.
     */
    private static boolean isDeadly(String kind, String signal) {
        if (kind.equals(ChaosWorkers.PROGRAM)) {
            return !signal.equals("STOP");
        }
        return switch (signal) {
            case "KILL", "SEGV", "ABRT" -> true;
            case "QUIT" -> !kind.equals("syslogger");
            case "USR2" -> kind.equals("checkpointer");
            default -> false;
        };
    }

    private static Blow kill(ChaosSystem system, String kind, Random random, String circumstances) {
        int victim = someOf(system, kind, random);
        Instant at = Instant.now();
        return victim == 0
                ? nobody(kind)
                : Blow.to(kind, victim, "SIGKILL" + circumstances + ",", signal(victim, "KILL"), at);
    }

    private static Blow nobody(String kind) {
        return Blow.toNobody("no " + kind + " to hit");
    }

    /** 0 if there is none. */
    private static int someOf(ChaosSystem system, String kind, Random random) {
        List<Integer> living = system.living(kind);
        return living.isEmpty() ? 0 : pick(living, random);
    }

    private static <T> T pick(List<T> from, Random random) {
        return from.get(random.nextInt(from.size()));
    }

    /** Looks more often than {@link Deadline}: the process lives for a tenth of a second. */
    private static int awaitNew(ChaosSystem system, String kind) {
        Instant end = Instant.now().plus(RECOVERY);
        List<Integer> living = system.living(kind);
        while (living.isEmpty() && Instant.now().isBefore(end)) {
            LockSupport.parkNanos(Duration.ofMillis(1).toNanos());
            living = system.living(kind);
        }
        return living.isEmpty() ? 0 : living.getFirst();
    }

    /** It may just have left by itself. */
    private static boolean signal(int pid, String signal) {
        boolean lives = !Proc.isZombie(pid);
        return Outcome.of(new ProcessBuilder("kill", "-" + signal, Integer.toString(pid)))
                                .status()
                        == 0
                && lives;
    }
}
