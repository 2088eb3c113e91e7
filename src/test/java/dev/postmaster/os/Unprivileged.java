package dev.postmaster.os;

import java.util.concurrent.Callable;
import java.util.concurrent.FutureTask;

/**
 * Runs something as a user without rights. The bare system call changes the calling thread only (the C library's function
 * would change all), and that thread ends afterwards.
 */
final class Unprivileged {
    private static final int NOBODY = 65_534;
    private static final long SETRESUID = System.getProperty("os.arch").equals("aarch64") ? 147 : 117;

    private Unprivileged() {}

    static <T> T call(Callable<T> body) throws Exception {
        FutureTask<T> task = new FutureTask<>(() -> {
            CFunction.named("syscall").toLong(SETRESUID, NOBODY, NOBODY, NOBODY);
            return body.call();
        });
        Thread.ofPlatform().start(task);
        return task.get();
    }
}
