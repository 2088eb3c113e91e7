package dev.postmaster.server;

import dev.postmaster.core.BackendRole;
import dev.postmaster.core.ChildKind;
import dev.postmaster.os.Errno;
import dev.postmaster.os.Pid;
import dev.postmaster.shmem.ChildSlot;
import dev.postmaster.shmem.SlotPools;
import dev.postmaster.wire.CancelKey;
import dev.postmaster.wire.ProtocolVersion;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Who our children are, and the slot of each. The core counts kinds; pids, slots and keys stay here. */
@OnLoop
final class ChildRegistry {
    private final Map<Integer, Child> children = new LinkedHashMap<>();
    /** Of backends that are or were more than a session. */
    private final Map<Integer, BackendRole> roles = new HashMap<>();

    private final Map<Integer, Guest> guests = new HashMap<>();
    private final Map<String, Integer> sessionsBySource = new HashMap<>();
    private final SlotPools pools;
    private final Segment segment;
    private final Births births;

    /**
     * The client of a child.
     *
     * @param source where it comes from
     * @param came when the child was given to it
     * @param cancelKey what it must show to cancel its statement; null if it cannot
     */
    record Guest(String source, Instant came, @Nullable CancelKey cancelKey) {

        private Guest speaking(ProtocolVersion version) {
            return cancelKey == null ? this : new Guest(source, came, cancelKey.asGivenTo(version));
        }
    }

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
        roles.remove(pid.value());
        guestLeft(pid);
        Optional<Child> dead = Optional.ofNullable(children.remove(pid.value()));
        dead.ifPresent(child -> births.ended(child, slotOf(child)));
        return dead;
    }

    /** Notes the client of a child. */
    void guestCame(Pid pid, Guest guest) {
        guests.put(pid.value(), guest);
        sessionsBySource.merge(guest.source(), 1, Integer::sum);
    }

    /** The client of a child, of whom nothing was known, has said so to the child: that much of its key it was given. */
    void guestSpeaks(Pid pid, ProtocolVersion version) {
        guests.computeIfPresent(pid.value(), (same, guest) -> guest.speaking(version));
    }

    /** The client of a child, if it has one. */
    Optional<Guest> guestOf(int pid) {
        return Optional.ofNullable(guests.get(pid));
    }

    /** The children that have a client, by pid. */
    Map<Integer, Guest> guests() {
        return Collections.unmodifiableMap(guests);
    }

    /** How many children serve clients from there. */
    int countFrom(String source) {
        return sessionsBySource.getOrDefault(source, 0);
    }

    /** The child has no client any more. */
    void guestLeft(Pid pid) {
        Guest guest = guests.remove(pid.value());
        if (guest != null) {
            sessionsBySource.computeIfPresent(guest.source(), (same, count) -> count == 1 ? null : count - 1);
        }
    }

    /** What a backend is there for, in the eyes of the core. */
    BackendRole roleOf(Pid pid) {
        return roles.getOrDefault(pid.value(), BackendRole.SESSION);
    }

    /** The core has been told, or is about to be. */
    void noteRole(Pid backend, BackendRole role) {
        roles.put(backend.value(), role);
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
