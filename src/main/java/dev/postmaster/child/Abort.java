package dev.postmaster.child;

import dev.postmaster.core.Sig;
import dev.postmaster.os.Os;
import dev.postmaster.os.Pid;
import java.util.concurrent.locks.LockSupport;

/** The end of a PANIC: by SIGABRT, so that the postmaster sees a crash. */
record Abort(Os os) implements Runnable {
    /** Does not return: the signal may reach another thread first, and this one must not go on to clean up. */
    @Override
    public void run() {
        os.signals().send(new Pid(os.thisProcess().pid()), Sig.ABRT);
        while (true) {
            LockSupport.park();
        }
    }
}
