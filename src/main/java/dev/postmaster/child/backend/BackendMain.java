package dev.postmaster.child.backend;

import dev.postmaster.child.ChildContext;
import dev.postmaster.child.ChildMain;
import dev.postmaster.config.Settings;
import dev.postmaster.core.Sig;
import dev.postmaster.launch.BackendStartup;
import dev.postmaster.os.Os;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;

/**
 * The backend: serves one client and leaves with it, or serves another that it is handed, in a session that knows nothing
 * of the one before. It exits with 0 when there is nobody to serve any more, with 1 after a FATAL, with 2 on SIGQUIT;
 * signals as in SG-11 and SG-12.
 */
public final class BackendMain implements ChildMain {
    private static final int QUIT = 2;

    private final Timeouts timeouts = new Timeouts();
    private volatile boolean reloadIsDue;

    @Override
    public int run(ChildContext context) {
        Os os = Os.open();
        Clients clients = new Clients(context, os);
        context.signals().on(Sig.HUP, () -> reloadIsDue = true);
        context.shared().slot().introduce(os.thisProcess().pid());
        waitForClient(context);
        context.signals().unblock();
        Settings settings = context.settings();
        int status = 0;
        boolean open = true;
        while (open && status == 0) {
            Optional<BackendStartup> client = clients.next();
            settings = current(context, settings);
            if (client.isPresent()) {
                status = serve(
                        context,
                        new BackendProcess(context, os, new BackendProcess.Visit(client.get(), settings, timeouts)));
                clients.leave();
            }
            open = client.isPresent() && clients.mayComeAgain(settings);
        }
        return status;
    }

    /** What was changed while nobody was here holds for whoever comes. */
    private Settings current(ChildContext context, Settings settings) {
        if (!reloadIsDue) {
            return settings;
        }
        reloadIsDue = false;
        return context.reload(settings);
    }

    private int serve(ChildContext context, BackendProcess surroundings) {
        Backend backend = new Backend(surroundings);
        Interrupts interrupts = backend.interrupts();
        context.parent().onDeath(interrupts::postmasterDied);
        context.signals()
                .on(Sig.INT, interrupts::cancel)
                .on(Sig.TERM, interrupts::terminate)
                .on(Sig.QUIT, interrupts::quit);
        int status = backend.run();
        timeouts.disableAll();
        surroundings.forget();
        waitForClient(context);
        return status;
    }

    /** Without a client there is nothing to cancel, and nobody to say goodbye to. */
    private static void waitForClient(ChildContext context) {
        context.parent().onDeath(() -> {});
        long now = ChronoUnit.MICROS.between(Instant.EPOCH, Instant.now());
        context.shared().slot().session().awaitClient(now);
        context.signals().on(Sig.INT, () -> {}).toExit(Sig.TERM, 0).toExit(Sig.QUIT, QUIT);
    }
}
