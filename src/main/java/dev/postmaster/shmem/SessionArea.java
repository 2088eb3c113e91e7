package dev.postmaster.shmem;

import java.lang.invoke.VarHandle;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;

/**
 * What a child says about its session, in its slot. Written by one thread of the owner; read by anybody. As with
 * PostgreSQL's {@code st_changecount}, the owner makes a counter odd while it writes; a reader that finds it odd, or
 * changed, tries again. If the owner dies in between the counter stays odd: readers give up and see nothing, until the
 * postmaster wipes the slot.
 */
public final class SessionArea {
    private static final int READ_ATTEMPTS = 1000;

    private final Words words;
    private final int slot;

    SessionArea(Words words, int slot) {
        this.words = words;
        this.slot = slot;
    }

    /** Owner: has no session, nothing is left of one that was, and another may come. */
    public void awaitClient(Instant now) {
        wipe();
        enter(ActivityState.WAITING, now);
    }

    /** Postmaster, while the slot has no owner. The counter goes on, so that no reader takes two owners for one. */
    void wipe() {
        int changes = openForWrite();
        int first = SegmentLayout.SLOT_CHANGES + Integer.BYTES;
        words.clear(slot + first, SegmentLayout.SLOT_ENTERED - first);
        closeAfterWrite(changes);
    }

    /** Owner: says who the session is and that it is {@code STARTING}. */
    public void begin(SessionIdentity identity, Instant now) {
        int changes = openForWrite();
        putText(SegmentLayout.SLOT_USER, SegmentLayout.NAME_BYTES, identity.user());
        putText(SegmentLayout.SLOT_DATABASE, SegmentLayout.NAME_BYTES, identity.database());
        putText(SegmentLayout.SLOT_APPLICATION, SegmentLayout.NAME_BYTES, identity.application());
        putText(SegmentLayout.SLOT_REMOTE, SegmentLayout.NAME_BYTES, identity.remote());
        putText(SegmentLayout.SLOT_QUERY, SegmentLayout.QUERY_BYTES, "");
        words.setLong(slot + SegmentLayout.SLOT_SESSION_START, micros(now));
        putState(ActivityState.STARTING, now);
        closeAfterWrite(changes);
    }

    /** Owner: begins a statement. */
    public void running(String query, Instant now) {
        int changes = openForWrite();
        putText(SegmentLayout.SLOT_QUERY, SegmentLayout.QUERY_BYTES, query);
        putState(ActivityState.ACTIVE, now);
        closeAfterWrite(changes);
    }

    /** Owner: enters a state and keeps the text of the last statement. */
    public void enter(ActivityState state, Instant now) {
        int changes = openForWrite();
        putState(state, now);
        closeAfterWrite(changes);
    }

    /** Anybody: one consistent reading, or nothing if the owner kept writing or died while it wrote. */
    public Optional<SessionView> read() {
        for (int attempt = 0; attempt < READ_ATTEMPTS; attempt++) {
            int before = words.getInt(slot + SegmentLayout.SLOT_CHANGES);
            if ((before & 1) == 0) {
                SessionView view = readOnce();
                VarHandle.acquireFence();
                if (words.getInt(slot + SegmentLayout.SLOT_CHANGES) == before) {
                    return Optional.of(view);
                }
            }
            Thread.onSpinWait();
        }
        return Optional.empty();
    }

    private SessionView readOnce() {
        SessionIdentity identity = new SessionIdentity(
                getText(SegmentLayout.SLOT_USER, SegmentLayout.NAME_BYTES),
                getText(SegmentLayout.SLOT_DATABASE, SegmentLayout.NAME_BYTES),
                getText(SegmentLayout.SLOT_APPLICATION, SegmentLayout.NAME_BYTES),
                getText(SegmentLayout.SLOT_REMOTE, SegmentLayout.NAME_BYTES));
        return new SessionView(
                identity,
                words.getLong(slot + SegmentLayout.SLOT_SESSION_START),
                getState(),
                getText(SegmentLayout.SLOT_QUERY, SegmentLayout.QUERY_BYTES),
                words.getLong(slot + SegmentLayout.SLOT_ACTIVITY_START));
    }

    private int openForWrite() {
        int changes = words.getInt(slot + SegmentLayout.SLOT_CHANGES) | 1;
        words.setInt(slot + SegmentLayout.SLOT_CHANGES, changes);
        VarHandle.fullFence();
        return changes;
    }

    private void closeAfterWrite(int changes) {
        VarHandle.releaseFence();
        words.setInt(slot + SegmentLayout.SLOT_CHANGES, changes + 1);
    }

    private void putState(ActivityState state, Instant now) {
        words.setInt(slot + SegmentLayout.SLOT_ACTIVITY, EnumWords.wordOf(state));
        words.setLong(slot + SegmentLayout.SLOT_ACTIVITY_START, micros(now));
    }

    private static long micros(Instant instant) {
        return ChronoUnit.MICROS.between(Instant.EPOCH, instant);
    }

    private ActivityState getState() {
        int word = words.getInt(slot + SegmentLayout.SLOT_ACTIVITY);
        return EnumWords.constantOf(ActivityState.values(), word, ActivityState.UNDEFINED);
    }

    private void putText(int offset, int capacity, String text) {
        Texts.put(words, slot + offset, capacity, text);
    }

    private String getText(int offset, int capacity) {
        return Texts.get(words, slot + offset, capacity);
    }
}
