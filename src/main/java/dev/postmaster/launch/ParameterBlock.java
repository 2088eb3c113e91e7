package dev.postmaster.launch;

import dev.postmaster.shmem.SegmentIdentity;
import org.jspecify.annotations.Nullable;

/**
 * All that a child is told when it is born (the seed's {@code BackendParameters}). What the ancestor needs and this
 * system does not: addresses of structures in shared memory (everything is found by offset), the numbers of the alive
 * pipe and the log pipe (they are fixed, {@link ChildDescriptors}), {@code max_safe_fds}, {@code query_id_enabled},
 * {@code IsBinaryUpgrade}. The cancel key is part of the startup data, because only backends have one to give away.
 *
 * @param common what all children are told
 * @param own what this child is told about itself
 * @param startupData what its kind needs
 */
public record ParameterBlock(CommonParameters common, Own own, StartupData startupData) {
    /**
     * What one child is told about itself.
     *
     * @param slot the child's slot, from 1
     * @param hasClient descriptor 0 is a client's socket (CH-19; the seed tests the wrong field, Q-2)
     * @param takesClients clients come over descriptor 4, one after the other
     * @param segment what the child must find on descriptor 5; null for a child that attaches to no segment
     */
    public record Own(
            int slot,
            boolean hasClient,
            boolean takesClients,
            @Nullable SegmentIdentity segment) {}
}
