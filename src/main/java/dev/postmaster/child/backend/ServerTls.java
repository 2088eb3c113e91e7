package dev.postmaster.child.backend;

import dev.postmaster.child.ChildContext;
import dev.postmaster.config.Guc;
import dev.postmaster.config.Settings;
import dev.postmaster.report.ReportException;
import dev.postmaster.report.Severity;
import dev.postmaster.tls.TlsContext;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The server's certificate and key as this process has read them (CL-38): when it started, and after each SIGHUP before its
 * next client. Used by the main thread. Nothing of TLS is loaded while {@code ssl} is off.
 */
final class ServerTls {
    private final ChildContext context;
    private final int effectiveUid;
    private @Nullable Settings readFor;
    private @Nullable TlsContext tls;

    ServerTls(ChildContext context, int effectiveUid) {
        this.context = context;
        this.effectiveUid = effectiveUid;
    }

    /**
     * Reads the files again if the settings were: the same names may stand for other files. With anything wrong in them,
     * what there was stays.
     */
    void follow(Settings settings) {
        if (readFor == settings) { // each reload makes new settings, even if they are equal
            return;
        }
        readFor = settings;
        if (!settings.get(Guc.SSL)) {
            tls = null;
            return;
        }
        refuseWhatIsNotNeeded();
        try {
            tls = TlsContext.load(settings, context.layout().dataDirectory(), effectiveUid);
        } catch (ReportException e) {
            context.log().report(e.report().withSeverity(Severity.LOG));
            context.log().log(
                    tls == null
                            ? "SSL configuration could not be loaded in child process"
                            : "SSL configuration was not reloaded");
        }
    }

    /** Empty if clients cannot have TLS. */
    Optional<TlsContext> current() {
        return Optional.ofNullable(tls);
    }

    /** As PostgreSQL: no renegotiation, and no session of one client is another's. The JDK reads this when it begins with TLS. */
    private static void refuseWhatIsNotNeeded() {
        System.setProperty("jdk.tls.rejectClientInitiatedRenegotiation", "true");
        System.setProperty("jdk.tls.server.enableSessionTicketExtension", "false");
        System.setProperty("jdk.tls.server.newSessionTicketCount", "0");
    }
}
