package dev.postmaster.core;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/**
 * What the rules answer: what the postmaster is from now on, and what is to be done about it.
 *
 * @param actions to be carried out in this order
 * @param phases those that were gone through; one event may cross several (PM-34). The last is that of {@code next}
 */
public record Step(Pm next, List<PmAction> actions, List<PmState> phases) {
    public Step {
        actions = List.copyOf(actions);
        phases = List.copyOf(phases);
    }

    static Step of(Pm next, PmAction... actions) {
        return new Step(next, List.of(actions), List.of(next.state()));
    }

    /** This step, and then these actions. */
    Step and(PmAction... more) {
        return then(pm -> of(pm, more));
    }

    /** This step, and then what the rule makes of its outcome. */
    Step then(Function<Pm, Step> rule) {
        Step following = rule.apply(next);
        List<PmAction> all = new ArrayList<>(actions);
        all.addAll(following.actions);
        List<PmState> way = new ArrayList<>(phases);
        for (PmState phase : following.phases) {
            if (phase != way.getLast()) {
                way.add(phase);
            }
        }
        return new Step(following.next, all, way);
    }
}
