package dev.postmaster.shmem;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import dev.postmaster.core.ChildKind;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.OptionalInt;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** LN-4, PM-59, PM-60: slots in a pool per kind. */
class SlotPoolsTest {
    private static final PoolSizes SIZES = new PoolSizes(3, 2, 1);

    private final SlotPools pools = new SlotPools(SIZES);

    @Test
    void backendsHaveTwiceTheirLimitAndSingleKindsHaveOne() {
        assertThat(SIZES.of(ChildKind.BACKEND)).isEqualTo(6);
        assertThat(SIZES.of(ChildKind.AV_WORKER)).isEqualTo(2);
        assertThat(SIZES.of(ChildKind.BGWORKER)).isEqualTo(1);
        assertThat(SIZES.of(ChildKind.SYSLOGGER)).isEqualTo(1);
        assertThat(SIZES.total()).isEqualTo(6 + 2 + 1 + 8);
        assertThat(pools.size()).isEqualTo(SIZES.total());
    }

    @Test
    void everySlotFromOneToTheLastIsGivenOutExactlyOnce() {
        Set<Integer> given = new HashSet<>();
        for (ChildKind kind : ChildKind.values()) {
            given.addAll(takeAll(kind));
        }
        assertThat(given).hasSize(pools.size()).allMatch(slot -> slot >= 1 && slot <= pools.size());
    }

    @Test
    void manyClientsCannotStarveWorkers() {
        takeAll(ChildKind.BACKEND);
        assertThat(pools.take(ChildKind.BACKEND)).isEmpty();
        assertThat(pools.take(ChildKind.AV_WORKER)).isPresent();
        assertThat(pools.take(ChildKind.CHECKPOINTER)).isPresent();
    }

    @Test
    void theSlotGivenBackLastIsTakenFirst() {
        List<Integer> slots = takeAll(ChildKind.BACKEND);
        pools.giveBack(slots.get(1));
        pools.giveBack(slots.get(4));
        assertThat(pools.free(ChildKind.BACKEND)).isEqualTo(2);
        assertThat(pools.take(ChildKind.BACKEND)).hasValue(slots.get(4));
        assertThat(pools.take(ChildKind.BACKEND)).hasValue(slots.get(1));
    }

    @Test
    void aSlotIsGivenBackOnce() {
        int slot = pools.take(ChildKind.STARTUP).orElseThrow();
        pools.giveBack(slot);
        assertThatIllegalStateException().isThrownBy(() -> pools.giveBack(slot));
        assertThatIllegalStateException().isThrownBy(() -> pools.giveBack(pools.size() + 1));
    }

    private List<Integer> takeAll(ChildKind kind) {
        List<Integer> slots = new ArrayList<>();
        for (OptionalInt slot = pools.take(kind); slot.isPresent(); slot = pools.take(kind)) {
            slots.add(slot.getAsInt());
        }
        return slots;
    }
}
