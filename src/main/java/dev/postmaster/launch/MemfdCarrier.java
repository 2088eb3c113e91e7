package dev.postmaster.launch;

import dev.postmaster.os.Fd;
import dev.postmaster.os.MemfdResult;
import dev.postmaster.os.Memfds;
import dev.postmaster.os.Pid;
import dev.postmaster.os.SpawnPlan;

/**
 * The block in a sealed memfd that the child inherits. Nothing is on disk, nothing can be left over, and the cancel key
 * never touches a file system. Where the kernel refuses, the file takes over.
 */
public final class MemfdCarrier implements ParameterCarrier {
    private final Memfds memfds;
    private final TempFileCarrier fallback;

    public MemfdCarrier(Memfds memfds, TempFileCarrier fallback) {
        this.memfds = memfds;
        this.fallback = fallback;
    }

    @Override
    public Result carry(byte[] block) {
        return switch (memfds.sealed("postmaster parameters", block)) {
            case MemfdResult.Created(Fd fd) -> new Result.Stored(new MemfdParcel(fd));
            case MemfdResult.Refused refused -> fallback.carry(block);
        };
    }

    @Override
    public void childEnded(Pid pid) {
        fallback.childEnded(pid);
    }

    private record MemfdParcel(Fd fd) implements Parcel {
        @Override
        public String argument() {
            return Integer.toString(ChildDescriptors.PARAMETER_BLOCK);
        }

        @Override
        public SpawnPlan addTo(SpawnPlan plan) {
            return plan.inherit(fd, ChildDescriptors.PARAMETER_BLOCK);
        }

        @Override
        public void takenBy(Pid pid) {
            // The child has its own copy of the descriptor; ours is closed like that of a refused launch.
        }

        @Override
        public void close() {
            fd.close();
        }
    }
}
