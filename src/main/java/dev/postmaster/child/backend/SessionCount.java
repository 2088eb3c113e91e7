package dev.postmaster.child.backend;

import dev.postmaster.auth.role.EntryRules;
import dev.postmaster.core.ChildKind;
import dev.postmaster.shmem.ChildSlot;
import dev.postmaster.shmem.SessionIdentity;
import dev.postmaster.shmem.SessionView;
import dev.postmaster.shmem.SharedSegment;
import dev.postmaster.shmem.SlotState;
import dev.postmaster.wire.StartupPacket.Startup;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Counts the sessions in shared memory (procarray.c, CountUserBackends). A session is introduced there before it counts, so
 * of two that come at once and have room for one, neither may get in, but never both.
 */
final class SessionCount {
    private SessionCount() {}

    static EntryRules.Sessions in(SharedSegment segment, Startup client, int most) {
        int all = 0;
        int ofRole = 0;
        int ofDatabase = 0;
        for (int number = 1; number <= segment.slots(); number++) {
            SessionIdentity who = identity(segment.slot(number));
            if (who != null) {
                all++;
                ofRole += who.user().equals(client.user()) ? 1 : 0;
                ofDatabase += who.database().equals(client.database()) ? 1 : 0;
            }
        }
        return new EntryRules.Sessions(ofRole, ofDatabase, most - all);
    }

    private static @Nullable SessionIdentity identity(ChildSlot slot) {
        boolean serving = slot.state() == SlotState.ACTIVE
                && slot.kind().filter(kind -> kind == ChildKind.BACKEND).isPresent();
        Optional<SessionView> view = serving ? slot.session().read() : Optional.empty();
        return view.map(SessionView::identity)
                .filter(identity -> !identity.user().isEmpty())
                .orElse(null);
    }
}
