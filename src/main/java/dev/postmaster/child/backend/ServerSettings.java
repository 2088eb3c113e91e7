package dev.postmaster.child.backend;

import dev.postmaster.child.ChildContext;
import dev.postmaster.config.Settings;
import java.util.Optional;

/**
 * The server's settings as this process knows them: those it was born with, until SIGHUP says that there are others
 * (SG-11, SG-33). Used by the main thread; only {@link #reloadLater} is any thread's.
 */
final class ServerSettings {
    private final ChildContext context;
    private Settings current;
    private volatile boolean reloadIsDue;

    ServerSettings(ChildContext context) {
        this.context = context;
        this.current = context.settings();
    }

    /** SIGHUP: they are read again when somebody asks next, and not in the middle of anything. */
    void reloadLater() {
        reloadIsDue = true;
    }

    /** As they were read last. */
    Settings current() {
        return current;
    }

    /** Reads them again if that is due; empty if not. With anything wrong in the file they stay as they were. */
    Optional<Settings> reloaded() {
        if (!reloadIsDue) {
            return Optional.empty();
        }
        reloadIsDue = false;
        current = context.reload(current);
        return Optional.of(current);
    }
}
