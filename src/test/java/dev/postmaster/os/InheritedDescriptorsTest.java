package dev.postmaster.os;

import static org.assertj.core.api.Assertions.assertThat;

import dev.postmaster.core.ExitStatus.Code;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Which files a child holds under which numbers (CH-15), read in its {@code /proc/PID/fd} while it waits for input. */
@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class InheritedDescriptorsTest {
    private final Os os = Os.open();
    private final TestPrograms programs = new TestPrograms(os);
    private final List<Fd> files = new ArrayList<>();
    private Pipe input = os.fds().pipe();

    @BeforeEach
    void openFilesToInherit() {
        for (int i = 0; i < 4; i++) {
            MemfdResult file = os.memfds().sealed("file-" + i, new byte[0]);
            files.add(((MemfdResult.Created) file).fd());
        }
    }

    @AfterEach
    void close() {
        input.close();
        files.forEach(Fd::close);
    }

    private SpawnPlan waiting() {
        return SpawnPlan.of("/bin/sh", List.of("sh", "-c", "read line; exit 0")).inherit(input.readEnd(), 0);
    }

    /** What the child holds apart from its input. */
    private Map<Integer, String> heldBy(SpawnPlan plan) {
        Pid pid = programs.start(plan);
        Map<Integer, String> held = OpenFiles.of(pid.toString());
        input.close();
        assertThat(programs.awaitEnd(pid)).isEqualTo(new Code(0));
        assertThat(held.remove(0)).startsWith("pipe:");
        return held;
    }

    private Map<Integer, String> expected(int... targets) {
        Map<Integer, String> expected = new TreeMap<>();
        for (int i = 0; i < targets.length; i++) {
            expected.put(targets[i], OpenFiles.target(files.get(i)));
        }
        return expected;
    }

    private SpawnPlan inheriting(int... targets) {
        SpawnPlan plan = waiting();
        for (int i = 0; i < targets.length; i++) {
            plan = plan.inherit(files.get(i), targets[i]);
        }
        return plan;
    }

    private int number(int file) {
        return files.get(file).number();
    }

    @Test
    void exactlyThePlansFilesEvenIfOthersHereAreNotCloseOnExec() {
        try (Fd inGap = os.fds().duplicate(files.get(3), 100);
                Fd above = os.fds().duplicate(files.get(3), inGap.number() + 2)) {
            os.fds().setCloseOnExec(inGap, false);
            os.fds().setCloseOnExec(above, false);
            int[] targets = {3, inGap.number() + 1};
            assertThat(heldBy(inheriting(targets))).isEqualTo(expected(targets));
        }
    }

    @Test
    void twoThatSwapTheirNumbers() {
        int[] targets = {number(1), number(0)};
        assertThat(heldBy(inheriting(targets))).isEqualTo(expected(targets));
    }

    @Test
    void fourThatRotateTheirNumbersBothWays() {
        int[] up = {number(1), number(2), number(3), number(0)};
        assertThat(heldBy(inheriting(up))).isEqualTo(expected(up));
        input = os.fds().pipe();
        int[] down = {number(3), number(0), number(1), number(2)};
        assertThat(heldBy(inheriting(down))).isEqualTo(expected(down));
    }

    @Test
    void aChainThatEndsInAFreeNumber() {
        int[] targets = {number(1), number(2), number(3), number(3) + 100};
        assertThat(heldBy(inheriting(targets))).isEqualTo(expected(targets));
    }

    @Test
    void theSameNumberLosesItsCloseOnExecFlag() {
        assertThat(os.fds().isCloseOnExec(files.get(0))).isTrue();
        assertThat(heldBy(inheriting(number(0)))).isEqualTo(expected(number(0)));
        assertThat(os.fds().isCloseOnExec(files.get(0))).as("ours keeps it").isTrue();
    }

    @Test
    void oneFileUnderSeveralNumbersOneOfThemItsOwn() {
        Fd file = files.get(0);
        SpawnPlan plan = waiting().inherit(file, 3).inherit(file, file.number()).inherit(file, 4);
        String target = OpenFiles.target(file);
        assertThat(heldBy(plan)).isEqualTo(Map.of(3, target, 4, target, file.number(), target));
    }

    @Test
    void launchingLeavesOurOwnDescriptorsAsTheyWere() {
        heldBy(inheriting(number(1), number(0)));
        input = os.fds().pipe();
        Map<Integer, String> before = OpenFiles.ours();
        Pid pid = programs.start(inheriting(number(1), number(0)));
        assertThat(OpenFiles.oursSince(before)).isEmpty();
        input.close();
        programs.awaitEnd(pid);
    }
}
