package dev.postmaster.server;

import dev.postmaster.os.Fd;
import dev.postmaster.os.MemfdResult;
import dev.postmaster.os.Memfds;
import dev.postmaster.report.Report;
import dev.postmaster.report.ReportException;
import dev.postmaster.report.Severity;
import dev.postmaster.report.SqlState;
import dev.postmaster.shmem.SegmentException;
import dev.postmaster.shmem.SegmentShape;
import dev.postmaster.shmem.SharedSegment;

/**
 * The shared segment of the current generation and the memfd it lives in. A reinitialisation makes a new one, so that
 * nothing a crashed child wrote survives (PM-50).
 */
@OnLoop
final class Segment {
    private final Memfds memfds;
    private final SegmentShape shape;
    private final int creator;
    private Fd memfd;
    private SharedSegment shared;
    private int generation = 1;

    /** @throws ReportException FATAL if the kernel gives no memory */
    Segment(Memfds memfds, SegmentShape shape, int creator) {
        this.memfds = memfds;
        this.shape = shape;
        this.creator = creator;
        memfd = allocate(memfds, shape);
        shared = lay(memfd, shape, generation, creator);
    }

    SharedSegment shared() {
        return shared;
    }

    Fd memfd() {
        return memfd;
    }

    /** @throws ReportException FATAL if the kernel gives no memory; then the old one is still there */
    void renew() {
        Fd fresh = allocate(memfds, shape);
        try {
            shared = lay(fresh, shape, generation + 1, creator);
        } catch (ReportException e) {
            fresh.close();
            throw e;
        }
        memfd.close();
        memfd = fresh;
        generation++;
    }

    private static Fd allocate(Memfds memfds, SegmentShape shape) {
        return switch (memfds.shared("postmaster segment", SharedSegment.bytesFor(shape))) {
            case MemfdResult.Created(Fd fd) -> fd;
            case MemfdResult.Refused(var errno) ->
                throw fatal("could not create shared memory segment: " + errno.message());
        };
    }

    private static SharedSegment lay(Fd memfd, SegmentShape shape, int generation, int creator) {
        try {
            return SharedSegment.create(memfd.number(), shape, generation, creator);
        } catch (SegmentException e) {
            throw fatal("could not map shared memory segment: " + e.getMessage());
        }
    }

    private static ReportException fatal(String message) {
        return new ReportException(Report.of(Severity.FATAL, SqlState.OUT_OF_MEMORY, message)
                .withHint("Lower max_connections, or give the machine more memory."));
    }
}
