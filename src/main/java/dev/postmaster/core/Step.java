package dev.postmaster.core;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/**
 * What the rules answer: what the postmaster is from now on, and what is to be done about it.
 *
 * @param actions to be carried out in this order
 */
public record Step(Pm next, List<PmAction> actions) {
    public Step {
        actions = List.copyOf(actions);
    }

    static Step of(Pm next, PmAction... actions) {
        return new Step(next, List.of(actions));
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
        return new Step(following.next, all);
    }
}
