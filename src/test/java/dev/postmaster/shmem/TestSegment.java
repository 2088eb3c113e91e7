package dev.postmaster.shmem;

import dev.postmaster.os.Fd;
import dev.postmaster.os.MemfdResult;
import dev.postmaster.os.Os;

/** A segment in a memfd, as the postmaster makes it. */
public final class TestSegment implements AutoCloseable {
    private final Fd memfd;
    private final SharedSegment segment;

    /** A fresh one of generation 1 without worker slots. */
    public TestSegment(int slots) throws SegmentException {
        this(new SegmentShape(slots, 0));
    }

    /** A fresh one of generation 1. */
    public TestSegment(SegmentShape shape) throws SegmentException {
        memfd = switch (Os.open().memfds().shared("test segment", SharedSegment.bytesFor(shape))) {
            case MemfdResult.Created(Fd fd) -> fd;
            case MemfdResult.Refused(var errno) -> throw new IllegalStateException(errno.message());
        };
        segment = SharedSegment.create(
                memfd.number(),
                shape,
                1,
                Math.toIntExact(ProcessHandle.current().pid()));
    }

    /** The descriptor children inherit. */
    public Fd memfd() {
        return memfd;
    }

    /** The postmaster's view. */
    public SharedSegment segment() {
        return segment;
    }

    /** A second mapping, as a child has it. */
    public SharedSegment attached() throws SegmentException {
        return SharedSegment.attach(memfd.number(), segment.identity());
    }

    @Override
    public void close() {
        memfd.close();
    }
}
