package dev.postmaster.launch;

import java.lang.reflect.Proxy;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/**
 * SIGUSR1 as the postmaster gets it from its children. Without a handler it would end the JVM that runs the tests. The
 * JDK's own class for handlers cannot be named without a warning, hence the reflection.
 */
final class Usr1 {
    private final Semaphore received = new Semaphore(0);

    Usr1() {
        try {
            Class<?> signal = Class.forName("sun.misc.Signal");
            Class<?> handler = Class.forName("sun.misc.SignalHandler");
            Object count = Proxy.newProxyInstance(
                    handler.getClassLoader(), new Class<?>[] {handler}, (proxy, method, args) -> {
                        received.release();
                        return null;
                    });
            signal.getMethod("handle", signal, handler)
                    .invoke(null, signal.getConstructor(String.class).newInstance("USR1"), count);
        } catch (ReflectiveOperationException e) {
            throw new LinkageError("no signal handlers", e);
        }
    }

    /** Waits for one signal more than was waited for before. */
    void await() throws InterruptedException {
        if (!received.tryAcquire(30, TimeUnit.SECONDS)) {
            throw new AssertionError("no SIGUSR1 came");
        }
    }
}
