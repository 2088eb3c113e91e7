package dev.postmaster.server;

import dev.postmaster.core.BackendRole;
import dev.postmaster.core.ChildKind;
import dev.postmaster.core.ExitStatus;
import dev.postmaster.core.PmEvent;
import dev.postmaster.core.SlotFate;
import dev.postmaster.launch.ChildLauncher;
import dev.postmaster.os.Pid;
import dev.postmaster.os.Reaped;
import dev.postmaster.os.Reaper;
import dev.postmaster.report.Log;
import dev.postmaster.shmem.SessionView;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;

/**
 * Buries the dead (reaper() of postmaster.c, SG-7): takes back the slot of a child of ours and tells the loop; an orphan
 * that came to us because we are process 1 is logged and changes nothing.
 */
@OnLoop
final class Undertaker {
    /**
     * What is told of a dead child.
     *
     * @param name what the log calls it
     * @param statement in which it died, if it was busy with one
     */
    record Obituary(String name, Optional<String> statement) {}

    /** Who hears of the dead. */
    interface Mourner {
        /** Takes the end of a process that is no child, such as a worker's health check; false if it is none of those. */
        boolean claims(int pid, ExitStatus status);

        void childExited(PmEvent.ChildExited event, Obituary obituary);
    }

    private final Reaper reaper;
    private final ChildRegistry registry;
    private final ChildLauncher launcher;
    private final Log log;
    private long orphans;

    Undertaker(Reaper reaper, ChildRegistry registry, ChildLauncher launcher, Log log) {
        this.reaper = reaper;
        this.registry = registry;
        this.launcher = launcher;
        this.log = log;
    }

    /** Reaps everybody who is dead by now. */
    void reapAll(Mourner mourner) {
        for (Optional<Reaped> next = next(); next.isPresent(); next = next()) {
            switch (next.get()) {
                case Reaped.Child dead -> bury(dead, mourner);
                case Reaped.Orphan orphan -> bury(orphan);
            }
        }
    }

    private Optional<Reaped> next() {
        return reaper.next(this::takesItsGroupAlong);
    }

    /** Nothing a worker program has started goes on without it, nor what a health check has, which has no entry. */
    private boolean takesItsGroupAlong(Pid pid) {
        return registry.find(pid.value())
                .map(child -> child.kind() == ChildKind.BGWORKER && !child.isAttached())
                .orElse(true);
    }

    /** How many orphans were buried here. */
    long orphans() {
        return orphans;
    }

    private void bury(Reaped.Orphan orphan) {
        orphans++;
        log.log(ExitWords.of(
                        "orphaned process \"" + orphan.command() + "\"",
                        orphan.pid().value(),
                        orphan.status())
                + " at the age of " + orphan.age().toMillis() + " ms");
    }

    private void bury(Reaped.Child dead, Mourner mourner) {
        if (mourner.claims(dead.pid().value(), dead.status())) {
            return;
        }
        BackendRole role = registry.roleOf(dead.pid());
        Child child = registry.remove(dead.pid())
                .orElseThrow(() -> new IllegalStateException("launched, but not registered: " + dead.pid()));
        if (child.isOurs()) {
            launcher.childEnded(dead.pid());
        }
        Optional<String> lastWords =
                registry.slotOf(child).session().read().map(SessionView::query).filter(query -> !query.isEmpty());
        boolean released = registry.release(child.slot());
        var event = new PmEvent.ChildExited(
                child.kind(),
                dead.pid().value(),
                dead.status(),
                fate(child, released),
                role,
                ThreadLocalRandom.current().nextDouble());
        mourner.childExited(event, new Obituary(child.name(), lastWords));
    }

    private static SlotFate fate(Child child, boolean released) {
        if (!child.isOurs()) {
            return SlotFate.NEVER_ATTACHED;
        }
        // A kind of which there is one at a time proves its health by its exit status alone (LN-4).
        return released || !child.kind().isPlural() ? SlotFate.GIVEN_BACK : SlotFate.ABANDONED;
    }
}
