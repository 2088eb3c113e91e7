package dev.postmaster.launch;

import dev.postmaster.os.Errno;
import dev.postmaster.os.Pid;
import dev.postmaster.os.SpawnPlan;

/** A way to bring the parameter block to a child that does not exist yet. */
public sealed interface ParameterCarrier permits MemfdCarrier, TempFileCarrier {
    /** Stores the block completely, before there is a child (CH-6). A failure has been logged. */
    Result carry(byte[] block);

    /** A child was reaped: what it did not take goes away. */
    void childEnded(Pid pid);

    /** What came of storing it. */
    sealed interface Result {
        record Stored(Parcel parcel) implements Result {}

        record Refused(Errno errno) implements Result {}
    }

    /** A stored block on its way. Closing it removes what no child will take. */
    interface Parcel extends AutoCloseable {
        /** The child's last argument: where it finds the block. */
        String argument();

        /** Adds what the child must inherit for it. */
        SpawnPlan addTo(SpawnPlan plan);

        /** There is a child now, and the block belongs to it. */
        void takenBy(Pid pid);

        @Override
        void close();
    }
}
