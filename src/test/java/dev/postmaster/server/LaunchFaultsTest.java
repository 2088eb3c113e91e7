package dev.postmaster.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.postmaster.core.BackendRole;
import dev.postmaster.core.ChildKind;
import dev.postmaster.core.ExitStatus;
import dev.postmaster.core.PmAction;
import dev.postmaster.core.PmEvent;
import dev.postmaster.core.Sig;
import dev.postmaster.core.SlotFate;
import dev.postmaster.server.FaultInjector.Fault;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** CK-16, CK-17: what the postmaster says and does when the kernel refuses a child; those it grants are real processes. */
class LaunchFaultsTest {
    private static final PmEvent RECOVERED = new PmEvent.ChildExited(
            ChildKind.STARTUP, 4711, new ExitStatus.Code(0), SlotFate.GIVEN_BACK, BackendRole.SESSION, 0.5);

    @TempDir
    private Path dataDirectory;

    private final FaultInjector faults = new FaultInjector();

    @ParameterizedTest(name = "{0}: {1}")
    @CsvSource({
        "CHECKPOINTER, EAGAIN, could not fork checkpointer process: Resource temporarily unavailable",
        "CHECKPOINTER, ENOMEM, could not fork checkpointer process: Cannot allocate memory",
        "CHECKPOINTER, EMFILE, could not fork checkpointer process: Too many open files",
        "CHECKPOINTER, ENOSPC, could not fork checkpointer process: No space left on device",
        "CHECKPOINTER, EINTR, could not fork checkpointer process: Interrupted system call",
        "BGWRITER, EAGAIN, could not fork bgwriter process: Resource temporarily unavailable",
        "WAL_WRITER, EAGAIN, could not fork wal_writer process: Resource temporarily unavailable",
        "AV_LAUNCHER, ENOMEM, could not fork autovacuum launcher process: Cannot allocate memory",
        "SYSLOGGER, EMFILE, could not fork system logger: Too many open files"
    })
    void ck16AKindThatMustBeThereIsTriedAgainAtOnceAndThenLater(ChildKind kind, Fault fault, String line) {
        faults.nth(1, kind, fault);
        faults.nth(2, kind, fault);
        try (var postmaster = new FaultyPostmaster(dataDirectory, faults)) {
            postmaster.on(new PmEvent.Begin(), RECOVERED);
            assertThat(postmaster.said()).containsOnlyOnce(line);
            assertThat(postmaster.living(kind)).isZero();
            assertThat(postmaster.actions()).contains(new PmAction.RelaunchLater(kind, Duration.ZERO));

            postmaster.on(new PmEvent.RelaunchDue(kind));
            assertThat(postmaster.actions()).contains(new PmAction.RelaunchLater(kind, Duration.ofMillis(750)));

            postmaster.on(new PmEvent.RelaunchDue(kind));
            assertThat(postmaster.living(kind)).isOne();
            assertThat(postmaster.pm().fatalError()).isFalse();
        }
    }

    @Test
    void ck16WithoutAStartupProcessEverybodyIsEndedAndThePostmasterGivesUp() {
        faults.nth(1, ChildKind.STARTUP, Fault.EAGAIN);
        try (var postmaster = new FaultyPostmaster(dataDirectory, faults)) {
            postmaster.on(new PmEvent.Begin());

            assertThat(postmaster.said()).contains("could not fork startup process: Resource temporarily unavailable");
            assertThat(postmaster.pm().crash().startupCrashed()).isTrue();
            assertThat(postmaster.actions())
                    .anyMatch(action -> action instanceof PmAction.Signal quit && quit.signal() == Sig.QUIT);
        }
    }

    @Test
    void ck16AnArchiverIsTriedAgainAfterItsTenSeconds() {
        faults.nth(1, ChildKind.ARCHIVER, Fault.EAGAIN);
        try (var postmaster = new FaultyPostmaster(dataDirectory, faults)) {
            postmaster.on(new PmEvent.Begin(), RECOVERED);
            assertThat(postmaster.actions()).contains(new PmAction.StartArchiverTimer());
            assertThat(postmaster.living(ChildKind.ARCHIVER)).isZero();

            postmaster.on(new PmEvent.ArchiverRetryDue());
            assertThat(postmaster.living(ChildKind.ARCHIVER)).isOne();
        }
    }

    @Test
    void ck16AnAutovacuumWorkerIsItsLaunchersConcern() {
        faults.nth(1, ChildKind.AV_WORKER, Fault.ENOMEM);
        try (var postmaster = new FaultyPostmaster(dataDirectory, faults)) {
            postmaster.on(new PmEvent.Begin(), RECOVERED);
            postmaster.on(new PmEvent.StartAutovacWorker());
            assertThat(postmaster.said()).contains("could not fork autovacuum worker process: Cannot allocate memory");
            assertThat(postmaster.actions())
                    .containsExactly(
                            new PmAction.Launch(ChildKind.AV_WORKER),
                            new PmAction.Signal(Set.of(ChildKind.AV_LAUNCHER), false, Sig.USR2));

            // Its slot, the only one, was given back.
            postmaster.on(new PmEvent.StartAutovacWorker());
            assertThat(postmaster.living(ChildKind.AV_WORKER)).isOne();
        }
    }

    @Test
    void ck16AWalReceiverThatWasRefusedIsStillWanted() {
        faults.nth(1, ChildKind.WAL_RECEIVER, Fault.EMFILE);
        try (var postmaster = new FaultyPostmaster(dataDirectory, faults)) {
            postmaster.on(new PmEvent.Begin(), new PmEvent.RecoveryStarted(), new PmEvent.StartWalReceiver());
            assertThat(postmaster.living(ChildKind.WAL_RECEIVER)).isZero();

            postmaster.on(new PmEvent.RelaunchDue(ChildKind.WAL_RECEIVER));
            assertThat(postmaster.living(ChildKind.WAL_RECEIVER)).isOne();
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"CHECKPOINTER", "STARTUP"})
    void withoutAMemfdTheParameterBlockTravelsInAFile(ChildKind kind) {
        faults.nth(1, kind, Fault.NO_MEMFD);
        try (var postmaster = new FaultyPostmaster(dataDirectory, faults)) {
            postmaster.on(new PmEvent.Begin());

            assertThat(postmaster.living(kind)).isOne();
            assertThat(dataDirectory.resolve("pgsql_tmp")).isDirectoryContaining("glob:**.backend_var.*");
            assertThat(postmaster.said()).isEmpty();
        }
    }

    @Test
    void ck17AFileThatCannotBeWrittenHasItsOwnLineBeforeTheKinds() throws IOException {
        faults.nth(1, ChildKind.CHECKPOINTER, Fault.NO_MEMFD);
        Files.writeString(dataDirectory.resolve("pgsql_tmp"), "in the way");
        try (var postmaster = new FaultyPostmaster(dataDirectory, faults)) {
            postmaster.on(new PmEvent.Begin());

            assertThat(postmaster.said()).hasSize(2);
            assertThat(postmaster.said().getFirst()).startsWith("could not create file \"pgsql_tmp/");
            assertThat(postmaster.said().getLast()).startsWith("could not fork checkpointer process: ");
            assertThat(postmaster.living(ChildKind.CHECKPOINTER)).isZero();
        }
    }

    @Test
    void aProgramThatStartsSlowlyHoldsNobodyUp() {
        faults.nth(1, ChildKind.CHECKPOINTER, Fault.SLOW_EXEC);
        try (var postmaster = new FaultyPostmaster(dataDirectory, faults)) {
            long begin = System.nanoTime();
            postmaster.on(new PmEvent.Begin());

            assertThat(Duration.ofNanos(System.nanoTime() - begin)).isLessThan(FaultInjector.SLOWNESS);
            assertThat(postmaster.living(ChildKind.CHECKPOINTER)).isOne();
            assertThat(postmaster.living(ChildKind.STARTUP)).isOne();
        }
    }
}
