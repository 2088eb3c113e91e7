package dev.postmaster.launch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.postmaster.core.ChildKind;
import dev.postmaster.core.Sig;
import dev.postmaster.shmem.WorkerRecord;
import dev.postmaster.shmem.WorkerSlot;
import dev.postmaster.shmem.WorkerSlots;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** BW-9, BW-10: processes that register at the same time, and die while they do. */
class KilledRegistrarsTest {
    private static final int ROUNDS = 3;
    private static final int REGISTRATIONS = 400;

    @TempDir
    Path dataDirectory;

    @Test
    void registrationsAreWholeAndWhoDiesKeepsNobodyOut() throws Exception {
        try (Nursery nursery = new Nursery(dataDirectory, Map.of())) {
            WorkerSlots slots = nursery.segment().workers();
            ChildProgram program = TestPrograms.jvm(RegistrarProgram.class);
            for (int round = 0; round < ROUNDS; round++) {
                try (LaunchedChild one = nursery.launch(program, ChildKind.BGWRITER);
                        LaunchedChild other = nursery.launch(program, ChildKind.BGWRITER)) {
                    Set<String> heard = collect(slots);
                    assertThat(heard).as("from both").anyMatch(name -> name.startsWith(one.pid() + "-"));
                    assertThat(heard).anyMatch(name -> name.startsWith(other.pid() + "-"));
                    // One after the other: waiting for one would swallow the end of the other.
                    one.signal(Sig.KILL);
                    one.exitStatus();
                    other.signal(Sig.KILL);
                    other.exitStatus();
                }
                freeAll(slots);
                assertThat(RegistrarProgram.registrar(nursery.segment(), dataDirectory)
                                .register(RegistrarProgram.record("survivor"), 0))
                        .isPresent();
                freeAll(slots);
            }
        }
    }

    /** As the postmaster does: reads what is in use, and frees it. */
    private static Set<String> collect(WorkerSlots slots) {
        Set<String> heard = new HashSet<>();
        Set<String> processes = new HashSet<>();
        Instant deadline = Instant.now().plus(Duration.ofSeconds(60));
        while (heard.size() < REGISTRATIONS || processes.size() < 2) {
            assertThat(Instant.now()).isBefore(deadline);
            for (int number = 0; number < slots.size(); number++) {
                WorkerSlot slot = slots.slot(number);
                if (slot.isInUse()) {
                    WorkerRecord record = slot.record();
                    assertThat(record).isEqualTo(RegistrarProgram.record(record.name()));
                    assertThat(heard.add(record.name())).as("registered once").isTrue();
                    processes.add(record.name().substring(0, record.name().indexOf('-')));
                    slot.free();
                }
            }
        }
        return heard;
    }

    private static void freeAll(WorkerSlots slots) {
        for (int number = 0; number < slots.size(); number++) {
            slots.slot(number).free();
        }
    }
}
