package dev.postmaster.os;

/**
 * What a process is doing, as far as {@code /proc} shows it to us; an empty text or -1 for what it hides.
 *
 * @param state as in {@code /proc/PID/status}, such as {@code T (stopped)} or {@code D (disk sleep)}
 * @param waitChannel the function of the kernel in which it sleeps
 * @param stack the functions of the kernel it is in, innermost first; only root may see them
 * @param residentKilobytes memory in use
 * @param descriptors how many it has open
 */
public record ProcessCondition(
        String state, String waitChannel, String stack, long residentKilobytes, int descriptors) {}
