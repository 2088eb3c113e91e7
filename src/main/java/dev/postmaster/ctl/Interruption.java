package dev.postmaster.ctl;

/** Passes Ctrl-C on while we wait: the server has a session of its own, and the terminal does not reach it (CTL-6). */
final class Interruption {
    private Interruption() {}

    /** @param passOn what to do if this process is ended while it waits */
    static void passOnDuring(Runnable waiting, Runnable passOn) {
        var hook = new Thread(passOn, "interruption");
        Runtime.getRuntime().addShutdownHook(hook);
        try {
            waiting.run();
        } finally {
            forget(hook);
        }
    }

    private static void forget(Thread hook) {
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException interrupted) {
            return; // the hook runs already
        }
    }
}
