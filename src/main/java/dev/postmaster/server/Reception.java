package dev.postmaster.server;

import jakarta.enterprise.context.ApplicationScoped;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Where others bring what they want of the postmaster, once it runs. Any thread. */
@ApplicationScoped
public class Reception {
    private volatile @Nullable Requests requests;
    private volatile @Nullable LogTap log;

    /** Empty before there is somebody to hear them. */
    public Optional<Requests> requests() {
        return Optional.ofNullable(requests);
    }

    /** Empty without {@code logging_collector}. */
    public Optional<LogTap> log() {
        return Optional.ofNullable(log);
    }

    /** Once, before the loop begins. */
    void open(Requests who, @Nullable LogTap tap) {
        log = tap;
        requests = who;
    }
}
