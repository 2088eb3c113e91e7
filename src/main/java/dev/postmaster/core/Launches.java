package dev.postmaster.core;

import java.util.EnumSet;
import java.util.Set;

/**
 * What is to be launched that no state asks for, and what not yet although a state asks for it.
 *
 * @param wanted the kinds that a child has asked for and that are not launched yet (start_autovac_launcher,
 *     WalReceiverRequested)
 * @param resting the kinds that are not launched for now: the archiver for 10 seconds after a start, others for a
 *     pause after a failure
 * @param setbacks what went wrong lately
 * @param demand how many spare backends the clients of late would have needed
 */
public record Launches(Set<ChildKind> wanted, Set<ChildKind> resting, Setbacks setbacks, SpareDemand demand) {
    static final Launches NONE = new Launches(Set.of(), Set.of(), Setbacks.NONE, SpareDemand.NONE);

    public Launches {
        wanted = Set.copyOf(wanted);
        resting = Set.copyOf(resting);
    }

    Launches wanting(ChildKind kind) {
        return new Launches(with(wanted, kind), resting, setbacks, demand);
    }

    /** One of this kind is being launched, so nobody has to ask for it any more. */
    Launches launching(ChildKind kind) {
        return new Launches(without(wanted, Set.of(kind)), resting, setbacks, demand);
    }

    Launches resting(ChildKind kind) {
        return new Launches(wanted, with(resting, kind), setbacks, demand);
    }

    Launches rested(Set<ChildKind> kinds) {
        return new Launches(wanted, without(resting, kinds), setbacks, demand);
    }

    Launches withSetbacks(Setbacks newSetbacks) {
        return new Launches(wanted, resting, newSetbacks, demand);
    }

    Launches withDemand(SpareDemand newDemand) {
        return new Launches(wanted, resting, setbacks, newDemand);
    }

    private static Set<ChildKind> with(Set<ChildKind> kinds, ChildKind one) {
        Set<ChildKind> more = EnumSet.of(one);
        more.addAll(kinds);
        return more;
    }

    private static Set<ChildKind> without(Set<ChildKind> kinds, Set<ChildKind> some) {
        Set<ChildKind> less = EnumSet.noneOf(ChildKind.class);
        less.addAll(kinds);
        less.removeAll(some);
        return less;
    }
}
