package dev.postmaster.os;

import static org.assertj.core.api.Assertions.assertThat;

import dev.postmaster.os.SpawnPlan.Inherited;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Carries the moves out on a table of numbers and compares with what the plan asked for. */
class DescriptorMovesTest {
    private static final int NUMBERS = 5;

    @Test
    void everyPlanOfUpToFourDescriptorsEndsAsPlanned() {
        int checked = 0;
        for (int targets = 0; targets < 1 << NUMBERS; targets++) {
            if (Integer.bitCount(targets) <= 4) {
                checked += checkAllSources(targets);
            }
        }
        assertThat(checked).isGreaterThan(4_000);
    }

    /** Every way to give each target in the bit set one of the sources 0 to NUMBERS. */
    private static int checkAllSources(int targets) {
        int[] numbers = java.util.stream.IntStream.range(0, NUMBERS)
                .filter(number -> (targets & 1 << number) != 0)
                .toArray();
        int ways = (int) Math.pow(NUMBERS + 1, numbers.length);
        for (int way = 0; way < ways; way++) {
            List<Inherited> plan = new ArrayList<>();
            int rest = way;
            for (int target : numbers) {
                plan.add(new Inherited(target, rest % (NUMBERS + 1)));
                rest /= NUMBERS + 1;
            }
            assertThat(childTable(plan)).as(plan.toString()).isEqualTo(planned(plan));
        }
        return ways;
    }

    private static Map<Integer, Integer> planned(List<Inherited> plan) {
        Map<Integer, Integer> table = new HashMap<>();
        plan.forEach(descriptor -> table.put(descriptor.target(), descriptor.source()));
        return table;
    }

    /** What the kernel would do, starting with number n referring to file n. */
    private static Map<Integer, Integer> childTable(List<Inherited> plan) {
        Map<Integer, Integer> table = new HashMap<>();
        for (int number = 0; number < 2 * NUMBERS; number++) {
            table.put(number, number);
        }
        DescriptorMoves moves = DescriptorMoves.of(plan);
        moves.copies().forEach(copy -> table.put(copy.target(), table.get(copy.source())));
        moves.gaps().forEach(table::remove);
        table.keySet().removeIf(number -> number >= moves.end());
        return table;
    }

    @Test
    void nothingMovesTwiceUnlessItMust() {
        List<Inherited> plan = List.of(new Inherited(0, 0), new Inherited(1, 7), new Inherited(3, 9));
        DescriptorMoves moves = DescriptorMoves.of(plan);
        assertThat(moves.copies()).isEqualTo(plan);
        assertThat(moves.gaps()).containsExactly(2);
        assertThat(moves.end()).isEqualTo(4);
    }
}
