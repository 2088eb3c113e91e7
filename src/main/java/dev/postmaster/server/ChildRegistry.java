package dev.postmaster.server;

import dev.postmaster.core.ChildKind;
import dev.postmaster.os.Errno;
import dev.postmaster.os.Pid;
import dev.postmaster.shmem.ChildSlot;
import dev.postmaster.shmem.SlotPools;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Who our children are, and the slot of each. The core counts kinds; pids, slots and keys stay here. */
@OnLoop
final class ChildRegistry {
    private final Map<Integer, Child> children = new LinkedHashMap<>();
    private final Set<Integer> walSenders = new HashSet<>();
    private final Map<Integer, String> sources = new HashMap<>();
    private final Map<String, Integer> sessionsBySource = new HashMap<>();
    private final SlotPools pools;
    private final Segment segment;
    private final Births births;

    ChildRegistry(SlotPools pools, Segment segment, Births births) {
        this.pools = pools;
        this.segment = segment;
        this.births = births;
    }

    /** Takes a slot for a child that is about to be launched. */
    int reserve(ChildKind kind) {
        // The core counts children against the same pools: it would not have asked.
        int slot =
                pools.take(kind).orElseThrow(() -> new IllegalStateException("no free slot for " + kind.childName()));
        segment.shared().slot(slot).assign(kind);
        births.begin();
        return slot;
    }

    /** Takes the slot of a child back that could not be launched. */
    void notLaunched(ChildKind kind, int slot, Errno errno) {
        births.failed(kind, errno);
        release(slot);
    }

    /** Takes a slot back; false if the child that had it did not clean up. */
    boolean release(int slot) {
        boolean clean = segment.shared().slot(slot).release();
        pools.giveBack(slot);
        return clean;
    }

    /** What the child says about itself, and may have said wrong. */
    ChildSlot slotOf(Child child) {
        return segment.shared().slot(child.slot());
    }

    void add(Child child) {
        children.put(child.pid().value(), child);
        births.succeeded(child, slotOf(child));
    }

    /** Forgets a child that was reaped, but not its slot; empty if it was none of ours. */
    Optional<Child> remove(Pid pid) {
        walSenders.remove(pid.value());
        forgetSource(pid);
        Optional<Child> dead = Optional.ofNullable(children.remove(pid.value()));
        dead.ifPresent(child -> births.ended(child, slotOf(child)));
        return dead;
    }

    /** Notes where the client of a child comes from. */
    void noteSource(Pid pid, String source) {
        sources.put(pid.value(), source);
        sessionsBySource.merge(source, 1, Integer::sum);
    }

    /** How many children serve clients from there. */
    int countFrom(String source) {
        return sessionsBySource.getOrDefault(source, 0);
    }

    private void forgetSource(Pid pid) {
        String source = sources.remove(pid.value());
        if (source != null) {
            sessionsBySource.computeIfPresent(source, (same, count) -> count == 1 ? null : count - 1);
        }
    }

    /** Notes that a backend has become a walsender (PM-61); false if that was known. */
    boolean noteWalSender(Child backend) {
        return walSenders.add(backend.pid().value());
    }

    boolean isWalSender(Pid pid) {
        return walSenders.contains(pid.value());
    }

    Optional<Child> find(int pid) {
        return Optional.ofNullable(children.get(pid));
    }

    List<Child> ofKinds(Set<ChildKind> kinds) {
        var found = new ArrayList<Child>();
        for (Child child : children.values()) {
            if (kinds.contains(child.kind())) {
                found.add(child);
            }
        }
        return found;
    }

    int count(ChildKind kind) {
        return ofKinds(Set.of(kind)).size();
    }
}
