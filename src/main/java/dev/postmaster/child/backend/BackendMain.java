package dev.postmaster.child.backend;

import dev.postmaster.child.ChildContext;
import dev.postmaster.child.ChildMain;
import dev.postmaster.core.Sig;
import dev.postmaster.launch.BackendStartup;
import dev.postmaster.os.Os;
import dev.postmaster.tls.TlsContext;
import java.time.Instant;
import java.util.Optional;

/**
 * The backend: serves one client and leaves with it, or serves another that it is handed, in a session that knows nothing
 * of the one before. It exits with 0 when there is nobody to serve any more, with 1 after a FATAL, with 2 on SIGQUIT;
 * signals as in SG-11 and SG-12.
 */
public final class BackendMain implements ChildMain {
    private static final int QUIT = 2;

    private final Timeouts timeouts = new Timeouts();

    @Override
    public int run(ChildContext context) {
        Os os = Os.open();
        Clients clients = new Clients(context, os);
        ServerSettings settings = new ServerSettings(context);
        ServerTls tls = new ServerTls(context, os.thisProcess().effectiveUserId());
        tls.follow(settings.current());
        AccessFiles access = new AccessFiles(context.layout(), settings.current(), context.log());
        context.signals().on(Sig.HUP, settings::reloadLater);
        context.shared().slot().introduce(os.thisProcess().pid());
        waitForClient(context);
        context.signals().unblock();
        if (!clients.isThere()) {
            new Rehearsal(context, settings.current(), timeouts, access).run();
            tls.current().ifPresent(TlsContext::rehearse);
        }
        int status = 0;
        boolean open = true;
        while (open && status == 0) {
            Optional<BackendStartup> client = clients.next();
            // What was changed while nobody was here holds for whoever comes.
            settings.reloaded().ifPresent(changed -> access.readAgain());
            tls.follow(settings.current());
            if (client.isPresent()) {
                status = serve(
                        context,
                        new BackendProcess(
                                context,
                                os,
                                new BackendProcess.Visit(client.get(), clients, settings, tls, timeouts, access)));
                clients.leave();
            }
            open = client.isPresent() && clients.mayComeAgain(settings.current());
        }
        return status;
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
        context.shared().slot().session().awaitClient(Instant.now());
        context.signals().on(Sig.INT, () -> {}).toExit(Sig.TERM, 0).toExit(Sig.QUIT, QUIT);
    }
}
