package dev.postmaster.shmem;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.postmaster.core.WorkerFlag;
import dev.postmaster.core.WorkerStart;
import dev.postmaster.shmem.WorkerRegistrar.Registration;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** BW-8..BW-13: registrations in shared memory, with the postmaster's mapping and a child's. */
class WorkerSlotsTest {
    private static final SegmentShape SHAPE = new SegmentShape(2, 4);
    private static final int MANY = 1024;

    @TempDir
    Path directory;

    private final TestSegment memory;
    private final WorkerSlots postmaster;
    private final WorkerSlots child;

    WorkerSlotsTest() throws SegmentException {
        memory = new TestSegment(SHAPE);
        postmaster = memory.segment().workers();
        child = memory.attached().workers();
    }

    @AfterEach
    void close() {
        memory.close();
    }

    @Test
    void aFreshSegmentHasFreeSlots() {
        assertThat(child.size()).isEqualTo(4);
        assertThat(child.recordedSize()).isEqualTo(4);
        for (int slot = 0; slot < 4; slot++) {
            assertThat(child.slot(slot).isInUse()).isFalse();
            assertThat(child.slot(slot).pidOf(0)).isEqualTo(WorkerSlot.STOPPED);
        }
        assertThatIllegalArgumentException().isThrownBy(() -> child.slot(-1));
        assertThatIllegalArgumentException().isThrownBy(() -> child.slot(4));
    }

    @Test
    void aSegmentNeedNoWorkers() throws SegmentException {
        try (TestSegment without = new TestSegment(2)) {
            assertThat(without.attached().workers().size()).isZero();
            assertThat(without.attached().slots()).isEqualTo(2);
        }
    }

    /** BW-8. */
    @Test
    void aWorkerOfTheConfigurationIsNotStartedAndOfGenerationZero() {
        WorkerRecord record = record("vacuumer");
        postmaster.slot(1).place(record);
        WorkerSlot slot = child.slot(1);
        assertThat(slot.isInUse()).isTrue();
        assertThat(slot.generation()).isZero();
        assertThat(slot.isToTerminate()).isFalse();
        assertThat(slot.pidOf(0)).isEqualTo(WorkerSlot.NOT_STARTED);
        assertThat(slot.record()).isEqualTo(record);
    }

    /** BW-9, BW-13: nobody who knew the last worker of a slot sees or ends the next one, wherever it comes from. */
    @Test
    void aWorkerOfTheConfigurationInAUsedSlotHasAnotherGeneration() throws Exception {
        Registration first = registrar().register(record("first"), MANY).orElseThrow();
        postmaster.slot(first.slot()).free();

        assertThat(postmaster.slot(first.slot()).placeAnew(record("vacuumer"))).hasValue(first.generation() + 1);
        postmaster.slot(first.slot()).publishPid(4711);
        child.slot(first.slot()).requestTermination(first.generation());

        assertThat(child.slot(first.slot()).pidOf(first.generation())).isEqualTo(WorkerSlot.STOPPED);
        assertThat(postmaster.slot(first.slot()).isToTerminate()).isFalse();
    }

    @Test
    void thePostmasterTakesNoSlotThatAChildHasOrFills() throws Exception {
        Registration own = registrar().register(record("a"), MANY).orElseThrow();
        assertThat(postmaster.slot(own.slot()).placeAnew(record("b"))).isEmpty();
        overwrite(SegmentLayout.workerOffset(2, 1) + SegmentLayout.WORKER_IN_USE, new byte[] {2, 0, 0, 0});

        assertThat(postmaster.slot(1).placeAnew(record("b"))).isEmpty();
        assertThat(postmaster.slot(1).isInUse()).isFalse();
        assertThat(registrar().register(record("c"), MANY))
                .as("the child died when it filled the slot")
                .contains(new Registration(1, 1));
    }

    @Test
    void aChildTakesNoSlotThatThePostmasterFills() throws Exception {
        overwrite(SegmentLayout.workerOffset(2, 0) + SegmentLayout.WORKER_IN_USE, new byte[] {3, 0, 0, 0});

        assertThat(registrar().register(record("a"), MANY)).contains(new Registration(1, 1));
    }

    /** The postmaster takes no lock, and registers while children do. */
    @Test
    void thePostmasterAndAChildNeverShareASlot() throws Exception {
        WorkerRegistrar registrar = registrar();
        try (ExecutorService threads = Executors.newFixedThreadPool(2)) {
            for (int round = 0; round < 300; round++) {
                Future<Registration> theirs = threads.submit(
                        () -> registrar.register(record("child"), MANY).orElseThrow());
                Future<Integer> ours = threads.submit(this::placeSomewhere);
                assertThat(postmaster.slot(theirs.get().slot()).record().name()).isEqualTo("child");
                assertThat(postmaster.slot(ours.get()).record().name()).isEqualTo("ours");
                postmaster.slot(theirs.get().slot()).free();
                postmaster.slot(ours.get()).free();
            }
        }
    }

    private int placeSomewhere() {
        for (int number = 0; number < 4; number++) {
            if (postmaster.slot(number).placeAnew(record("ours")).isPresent()) {
                return number;
            }
        }
        throw new AssertionError("no slot is free");
    }

    /** BW-1: the log calls it by its name. */
    @Test
    void anEmptyTypeIsTheName() {
        assertThat(record("sweeper").type()).isEqualTo("sweeper");
    }

    /** BW-12, BW-16, BW-24, BW-25. */
    @Test
    void whoRegisteredSeesTheWorkerStartStopAndGo() throws Exception {
        Registration own = registrar().register(record("a"), MANY).orElseThrow();
        WorkerSlot slot = child.slot(own.slot());
        assertThat(slot.pidOf(own.generation())).isEqualTo(WorkerSlot.NOT_STARTED);
        postmaster.slot(own.slot()).publishPid(4711);
        assertThat(slot.pidOf(own.generation())).isEqualTo(4711);
        postmaster.slot(own.slot()).publishPid(WorkerSlot.STOPPED);
        assertThat(slot.pidOf(own.generation())).isEqualTo(WorkerSlot.STOPPED);
        postmaster.slot(own.slot()).publishPid(4712);
        postmaster.slot(own.slot()).free();
        assertThat(slot.pidOf(own.generation())).isEqualTo(WorkerSlot.STOPPED);
    }

    /** BW-9, BW-12. */
    @Test
    void aSlotThatIsTakenAgainHasAnotherGeneration() throws Exception {
        Registration first = registrar().register(record("first"), MANY).orElseThrow();
        postmaster.slot(first.slot()).free();
        Registration second = registrar().register(record("second"), MANY).orElseThrow();
        postmaster.slot(second.slot()).publishPid(9);
        assertThat(second.slot()).isEqualTo(first.slot());
        assertThat(second.generation()).isEqualTo(first.generation() + 1);
        assertThat(child.slot(0).pidOf(first.generation())).isEqualTo(WorkerSlot.STOPPED);
        assertThat(child.slot(0).pidOf(second.generation())).isEqualTo(9);
    }

    /** BW-13: safe at any time, and idempotent. */
    @Test
    void onlyTheRegistrationThatIsMeantIsTerminated() throws Exception {
        Registration first = registrar().register(record("first"), MANY).orElseThrow();
        child.slot(0).requestTermination(first.generation());
        child.slot(0).requestTermination(first.generation());
        assertThat(postmaster.slot(0).isToTerminate()).isTrue();
        postmaster.slot(0).free();
        Registration second = registrar().register(record("second"), MANY).orElseThrow();
        assertThat(postmaster.slot(0).isToTerminate()).isFalse();
        child.slot(0).requestTermination(first.generation());
        assertThat(postmaster.slot(0).isToTerminate()).as("too late").isFalse();
        child.slot(0).requestTermination(second.generation());
        child.slot(0).requestTermination(first.generation());
        assertThat(postmaster.slot(0).isToTerminate()).isTrue();
    }

    /** BW-10. */
    @Test
    void whenAllSlotsAreTakenNobodyRegisters() throws Exception {
        for (int i = 0; i < 4; i++) {
            assertThat(registrar().register(record("w" + i), MANY)).isPresent();
        }
        assertThat(registrar().register(record("late"), MANY)).isEmpty();
        postmaster.slot(2).free();
        assertThat(registrar().register(record("late"), MANY)).contains(new Registration(2, 2));
    }

    /** BW-10. */
    @Test
    void parallelWorkersHaveALimitOfTheirOwn() throws Exception {
        WorkerRecord parallel = new WorkerRecord(
                "p", "", WorkerFlag.PARALLEL.bit() | 1, WorkerStart.RECOVERY_FINISHED, -1, "l", "f", "", 0);
        assertThat(registrar().register(parallel, 1)).isPresent();
        assertThat(registrar().register(parallel, 1)).isEmpty();
        assertThat(registrar().register(record("other"), 1)).isPresent();
        postmaster.slot(0).free();
        assertThat(registrar().register(parallel, 1)).isPresent();
    }

    /** BW-1, BW-19: cut at a character, made printable; the argument is the worker's own. */
    @Test
    void textsAreCutAndNamesMadeAscii() {
        WorkerRecord wild = new WorkerRecord(
                "ä\u0001b\tc" + "x".repeat(200),
                "ty\u007fpe",
                1,
                WorkerStart.CONSISTENT_STATE,
                86_400_000,
                "/ü/" + "l".repeat(2000),
                "f",
                "größe" + "é".repeat(1000),
                0);
        postmaster.slot(3).place(wild);
        WorkerRecord read = child.slot(3).record();
        assertThat(read.name()).isEqualTo("??b\tc" + "x".repeat(95 - 6));
        assertThat(read.type()).isEqualTo("ty?pe");
        assertThat(read.library()).startsWith("/?/l").hasSize(1022);
        assertThat(read.argument()).startsWith("größeéé").hasSize(5 + (1000 - 7) / 2);
        assertThat(read.restartSeconds()).isEqualTo(86_400_000);
    }

    /** A child that went mad wrote all over the slots: every reader gets something harmless. */
    @Test
    void garbageIsReadAsSomethingHarmless() throws IOException {
        Random random = new Random(9);
        for (int round = 0; round < 200; round++) {
            overwriteSlots(random);
            for (int number = 0; number < 4; number++) {
                WorkerSlot slot = postmaster.slot(number);
                WorkerRecord read = slot.record();
                assertThat(read.name()).hasSizeLessThanOrEqualTo(95).matches("[\\t\\n\\r -~]*");
                assertThat(read.function()).hasSizeLessThanOrEqualTo(95).matches("[\\t\\n\\r -~]*");
                assertThat(read.library()).hasSizeLessThanOrEqualTo(1023);
                assertThat(read.argument()).hasSizeLessThanOrEqualTo(1000);
                assertThat(read.restartSeconds()).isBetween(-1L, 86_400_000L);
                assertThat(read.notifyPid()).isNotNegative();
                assertThat(slot.pid()).isGreaterThanOrEqualTo(-1);
                slot.free();
                slot.place(record("sound"));
                assertThat(slot.record()).isEqualTo(record("sound"));
                assertThat(slot.isToTerminate()).isFalse();
            }
        }
    }

    /** Nothing is looked for beyond the end of the memory, whatever the counts say. */
    @Test
    void countsThatDoNotExplainTheSizeAreRefused() throws Exception {
        overwrite(SegmentLayout.WORKERS, new byte[] {100, 0, 0, 0});
        assertThat(postmaster.recordedSize()).isEqualTo(100);
        assertThat(postmaster.size()).isEqualTo(4);
        assertThatExceptionOfType(SegmentException.class)
                .isThrownBy(memory::attached)
                .withMessageStartingWith("size of all slots is ");
        overwrite(SegmentLayout.WORKERS, new byte[] {-1, -1, -1, -1});
        assertThatExceptionOfType(SegmentException.class)
                .isThrownBy(memory::attached)
                .withMessage("it has 2 slots and -1 worker slots");
    }

    /** BW-9: each slot is somebody's, whole. */
    @Test
    void threadsThatRegisterAtOnceNeverShareASlot() throws Exception {
        WorkerRegistrar registrar = registrar();
        Set<Registration> taken = new HashSet<>();
        try (ExecutorService threads = Executors.newFixedThreadPool(4)) {
            for (int round = 0; round < 50; round++) {
                List<Future<Registration>> four = new ArrayList<>();
                for (int i = 0; i < 4; i++) {
                    String name = "r" + round + "n" + i;
                    Callable<Registration> register =
                            () -> registrar.register(record(name), MANY).orElseThrow();
                    four.add(threads.submit(register));
                }
                for (int i = 0; i < 4; i++) {
                    Registration own = four.get(i).get();
                    assertThat(taken.add(own)).isTrue();
                    assertThat(postmaster.slot(own.slot()).record()).isEqualTo(record("r" + round + "n" + i));
                    postmaster.slot(own.slot()).free();
                }
            }
        }
        assertThat(taken).hasSize(200);
    }

    private WorkerRegistrar registrar() {
        return new WorkerRegistrar(
                child,
                directory.resolve("worker.lock"),
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
    }

    private static WorkerRecord record(String name) {
        return new WorkerRecord(
                name, "", 3, WorkerStart.RECOVERY_FINISHED, 60, name + ".jar", "Run" + name, "of " + name, 42);
    }

    private void overwriteSlots(Random random) throws IOException {
        byte[] garbage = new byte[4 * SegmentLayout.WORKER_STRIDE];
        random.nextBytes(garbage);
        overwrite(SegmentLayout.workerOffset(2, 0), garbage);
    }

    private void overwrite(int offset, byte[] bytes) throws IOException {
        Path file = Path.of("/proc/self/fd/" + memory.memfd().number());
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
            channel.write(ByteBuffer.wrap(bytes), offset);
        }
    }
}
