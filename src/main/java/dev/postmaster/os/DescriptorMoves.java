package dev.postmaster.os;

import dev.postmaster.os.SpawnPlan.Inherited;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * How a child's descriptors are put in place, one dup2 at a time. A source whose number is the target of another one
 * would be overwritten before it is copied, so it first moves above all targets.
 *
 * @param copies the dup2 calls, in this order
 * @param gaps numbers below {@code end} that the plan does not mention, to be closed after the copies
 * @param end everything from this number on is to be closed last
 */
record DescriptorMoves(List<Inherited> copies, List<Integer> gaps, int end) {

    static DescriptorMoves of(List<Inherited> plan) {
        Set<Integer> targets = plan.stream().map(Inherited::target).collect(Collectors.toSet());
        int end = targets.stream().mapToInt(target -> target + 1).max().orElse(0);
        List<Integer> gaps = IntStream.range(0, end)
                .filter(number -> !targets.contains(number))
                .boxed()
                .toList();
        return new DescriptorMoves(copies(plan, end), gaps, end);
    }

    private static List<Inherited> copies(List<Inherited> plan, int end) {
        Set<Integer> sources = plan.stream().map(Inherited::source).collect(Collectors.toSet());
        List<Inherited> copies = new ArrayList<>();
        Map<Integer, Integer> movedTo = new HashMap<>();
        int free = end;
        for (Inherited descriptor : plan) {
            int target = descriptor.target();
            if (target != descriptor.source() && sources.contains(target)) {
                while (sources.contains(free)) {
                    free++;
                }
                copies.add(new Inherited(free, target));
                movedTo.put(target, free++);
            }
        }
        for (Inherited descriptor : plan) {
            int source = movedTo.getOrDefault(descriptor.source(), descriptor.source());
            copies.add(new Inherited(descriptor.target(), source));
        }
        return copies;
    }
}
