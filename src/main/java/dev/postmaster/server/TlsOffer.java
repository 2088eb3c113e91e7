package dev.postmaster.server;

import dev.postmaster.config.Guc;
import dev.postmaster.config.Settings;
import dev.postmaster.report.Log;
import dev.postmaster.report.ReportException;
import dev.postmaster.report.Severity;
import dev.postmaster.tls.TlsContext;
import java.nio.file.Path;

/**
 * Whether clients are offered TLS. The postmaster never speaks it: it reads certificate and key to see that they are in
 * order, and forgets them; each backend reads them for itself.
 */
@OnLoop
final class TlsOffer {
    private final Path dataDirectory;
    private final int effectiveUid;
    private boolean stands;

    private TlsOffer(Path dataDirectory, int effectiveUid) {
        this.dataDirectory = dataDirectory;
        this.effectiveUid = effectiveUid;
    }

    /**
     * At the start: with {@code ssl} on the files must be in order (PM-1, step 10).
     *
     * @throws ReportException FATAL with what is wrong
     */
    static TlsOffer open(Settings settings, Path dataDirectory, int effectiveUid) {
        TlsOffer offer = new TlsOffer(dataDirectory, effectiveUid);
        offer.look(settings);
        return offer;
    }

    /** After SIGHUP (SG-32): with anything wrong, what was offered before is offered still. */
    void reload(Settings settings, Log log) {
        try {
            look(settings);
        } catch (ReportException e) {
            log.report(e.report().withSeverity(Severity.LOG));
            log.log("SSL configuration was not reloaded");
        }
    }

    boolean stands() {
        return stands;
    }

    private void look(Settings settings) {
        boolean wanted = settings.get(Guc.SSL);
        if (wanted) {
            TlsContext.load(settings, dataDirectory, effectiveUid);
        }
        stands = wanted;
    }
}
