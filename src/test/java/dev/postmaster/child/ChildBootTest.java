package dev.postmaster.child;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.postmaster.cluster.ClusterState;
import dev.postmaster.core.ChildKind;
import dev.postmaster.core.ExitStatus;
import dev.postmaster.core.Sig;
import dev.postmaster.launch.ChildProgram;
import dev.postmaster.launch.LaunchedChild;
import dev.postmaster.launch.Nursery;
import dev.postmaster.launch.TestPrograms;
import dev.postmaster.shmem.PmSignal;
import dev.postmaster.shmem.SegmentIdentity;
import dev.postmaster.shmem.SharedSegment;
import dev.postmaster.shmem.SlotState;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** CH-22..CH-37 with real JVMs: what a child says when it cannot come to life, and how it lives and ends when it can. */
class ChildBootTest {
    private static final ExitStatus FAILED = new ExitStatus.Code(1);
    private static final Map<String, String> SETTINGS = Map.of("allow_root", "on", "port", "6543");
    private static final ChildProgram PROGRAM = TestPrograms.jvm(BootProgram.class);

    @TempDir
    Path dataDirectory;

    private Nursery nursery;

    @BeforeEach
    void open() throws Exception {
        TestCluster.create(dataDirectory, ClusterState.IN_PRODUCTION);
        nursery = new Nursery(dataDirectory, SETTINGS);
    }

    @AfterEach
    void close() {
        nursery.close();
    }

    @Test
    void anUnknownKindIsFatal() {
        try (LaunchedChild child = nursery.launchByHand(PROGRAM, "--forkchild=dentist", "6")) {
            assertThat(child.outputToTheEnd()).endsWith("FATAL:  unknown child kind dentist\n");
            assertThat(child.exitStatus()).isEqualTo(FAILED);
        }
    }

    @Test
    void aMissingParameterBlockIsTold() {
        try (LaunchedChild child = nursery.launchByHand(PROGRAM, "--forkchild=bgwriter", "999")) {
            assertThat(child.outputToTheEnd())
                    .isEqualTo("could not open backend variables file \"999\": Bad file descriptor\n");
            assertThat(child.exitStatus()).isEqualTo(FAILED);
        }
    }

    /** CH-23. */
    @Test
    void rootIsRefusedUnlessItIsAllowed() throws Exception {
        assumeTrue(nursery.os().thisProcess().effectiveUserId() == 0, "only root can be refused");
        try (Nursery strict = new Nursery(dataDirectory, Map.of());
                LaunchedChild child = strict.launch(PROGRAM, ChildKind.BGWRITER)) {
            assertThat(child.outputToTheEnd())
                    .startsWith("\"root\" execution of the PostgreSQL server is not permitted.\n");
            assertThat(child.exitStatus()).isEqualTo(FAILED);
        }
    }

    /** DD-4: the child looks again, and before it touches anything. */
    @Test
    void aDataDirectoryOpenToOthersIsRefused() throws IOException {
        Files.setPosixFilePermissions(dataDirectory, PosixFilePermissions.fromString("rwxr-xr-x"));
        try (LaunchedChild child = nursery.launch(PROGRAM, ChildKind.BGWRITER)) {
            assertThat(child.outputToTheEnd())
                    .contains("FATAL:  data directory \"" + dataDirectory + "\" has invalid permissions\n");
            assertThat(child.exitStatus()).isEqualTo(FAILED);
        }
        assertThat(nursery.segment().slot(1).state()).isEqualTo(SlotState.ASSIGNED);
    }

    @Test
    void aChildLivesHearsSignalsAndLeavesACleanSlot() throws Exception {
        try (LaunchedChild child = nursery.launch(PROGRAM, ChildKind.BGWRITER)) {
            assertThat(child.awaitOutput("\n")).isEqualTo("alive in slot 1, port 6543\n");
            assertThat(nursery.segment().slot(1).state()).isEqualTo(SlotState.ACTIVE);
            assertThat(nursery.segment().slot(1).pid()).isEqualTo(child.pid().value());
            nursery.awaitUsr1();
            assertThat(nursery.segment().pmSignals().testAndClear(PmSignal.ADVANCE_STATE_MACHINE))
                    .isTrue();
            assertThat(Path.of("/proc/" + child.pid() + "/comm")).hasContent("bgwriter");
            child.signal(Sig.HUP);
            child.awaitOutput("got HUP\n");
            child.signal(Sig.USR2);
            child.signal(Sig.TERM);
            assertThat(child.outputToTheEnd()).endsWith("got HUP\ngot TERM\n");
            assertThat(child.exitStatus()).isEqualTo(new ExitStatus.Code(7));
            assertThat(nursery.segment().slot(1).release()).isTrue();
        }
    }

    /** CH-6, CH-27. */
    @Test
    void aChildTakesItsParametersFromAFileTooAndRemovesIt() {
        try (LaunchedChild child = nursery.launchByFile(PROGRAM, ChildKind.BGWRITER)) {
            assertThat(child.awaitOutput("\n")).isEqualTo("alive in slot 1, port 6543\n");
            assertThat(dataDirectory.resolve("pgsql_tmp")).isEmptyDirectory();
        }
    }

    /** CH-36, N-6: a child that was launched before a reinitialisation must not touch the new segment. */
    @Test
    void aSegmentOfAnotherLifeIsRefused() {
        SharedSegment segment = nursery.segment();
        SegmentIdentity older = new SegmentIdentity(
                segment.identity().size(), 9, segment.identity().creator());
        try (LaunchedChild child = nursery.launchExpecting(older, PROGRAM, ChildKind.BGWRITER)) {
            assertThat(child.outputToTheEnd())
                    .endsWith("FATAL:  could not reattach to shared memory (generation=9): "
                            + "generation is 1, expected 9\n");
            assertThat(child.exitStatus()).isEqualTo(FAILED);
        }
    }

    /** C-3. */
    @Test
    void anErrorNobodyHandledIsFatalAndStillLeavesACleanSlot() {
        try (LaunchedChild child = nursery.launch(PROGRAM, ChildKind.ARCHIVER)) {
            assertThat(child.outputToTheEnd()).endsWith("FATAL:  the archiver is unwell\n");
            assertThat(child.exitStatus()).isEqualTo(FAILED);
            assertThat(nursery.segment().slot(1).release()).isTrue();
        }
    }

    /** C-3. */
    @Test
    void aPanicEndsByAbortAndLeavesTheSlotAsItIs() {
        try (LaunchedChild child = nursery.launch(PROGRAM, ChildKind.WAL_WRITER)) {
            assertThat(child.outputToTheEnd()).contains("PANIC:  the log is gone\n");
            assertThat(child.exitStatus()).isEqualTo(new ExitStatus.Killed(Sig.ABRT.number()));
            assertThat(nursery.segment().slot(1).release()).isFalse();
        }
    }

    /** CH-33, SG-12: without a client there are no last words. */
    @Test
    void sigquitEndsAChildAtOnce() {
        try (LaunchedChild child = nursery.launch(PROGRAM, ChildKind.BGWRITER)) {
            child.awaitOutput("alive");
            child.signal(Sig.QUIT);
            assertThat(child.exitStatus()).isEqualTo(new ExitStatus.Killed(Sig.QUIT.number()));
            assertThat(nursery.segment().slot(1).release()).isFalse();
        }
    }

    /** CH-44, CH-45: whatever it waits for, a child also waits for the postmaster's death. */
    @Test
    void aChildWhosePostmasterDiesSaysItsLastWordsAndLeaves() {
        try (LaunchedChild child = nursery.launch(PROGRAM, ChildKind.AV_LAUNCHER)) {
            child.awaitOutput("alive");
            nursery.closeAlivePipe();
            assertThat(child.outputToTheEnd()).endsWith("orphaned\n");
            assertThat(child.exitStatus()).isEqualTo(FAILED);
        }
    }
}
