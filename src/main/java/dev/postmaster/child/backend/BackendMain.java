package dev.postmaster.child.backend;

import dev.postmaster.child.ChildContext;
import dev.postmaster.child.ChildMain;
import dev.postmaster.core.Sig;

/**
 * The backend: serves one client and leaves with it. It exits with 0 when the client left, with 1 after a FATAL, with 2
 * on SIGQUIT; signals as in SG-11 and SG-12.
 */
public final class BackendMain implements ChildMain {

    @Override
    public int run(ChildContext context) {
        Backend backend = new Backend(new BackendProcess(context));
        Interrupts interrupts = backend.interrupts();
        context.parent().onDeath(interrupts::postmasterDied);
        context.signals()
                .on(Sig.INT, interrupts::cancel)
                .on(Sig.TERM, interrupts::terminate)
                .on(Sig.QUIT, interrupts::quit)
                .unblock();
        return backend.run();
    }
}
