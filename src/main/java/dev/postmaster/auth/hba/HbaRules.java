package dev.postmaster.auth.hba;

import java.util.List;
import java.util.Optional;

/** The rules in their order: the first that fits decides, and whom none fits is refused. */
public record HbaRules(List<HbaRule> rules) {

    public HbaRules {
        rules = List.copyOf(rules);
    }

    /** The first rule for this client. */
    public Optional<HbaRule> ruleFor(Knock knock) {
        for (HbaRule rule : rules) {
            if (rule.isFor(knock)) {
                return Optional.of(rule);
            }
        }
        return Optional.empty();
    }
}
