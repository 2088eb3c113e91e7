package dev.postmaster.os;

/** Files that live in memory only, have no name in any directory and vanish with their last descriptor. */
public interface Memfds {
    /**
     * A file with this content that nobody can change again (sealed against writing, growing, shrinking and further
     * seals). Its read position is 0.
     *
     * @param name shown in {@code /proc/PID/fd}, for people only
     */
    MemfdResult sealed(String name, byte[] content);

    /**
     * A file of {@code size} zero bytes that can be written and mapped by all who hold it, but never change its size:
     * a reader of the mapping cannot be killed by somebody who truncates it.
     */
    MemfdResult shared(String name, long size);
}
