package dev.postmaster.store.function;

import org.jspecify.annotations.Nullable;

/** What a function does. */
@FunctionalInterface
public interface Body {

    /**
     * Computes the answer.
     *
     * @param arguments Long, Double, String, byte[] or null each
     * @return one of these, or a Boolean
     */
    @Nullable
    Object apply(@Nullable Object[] arguments);
}
