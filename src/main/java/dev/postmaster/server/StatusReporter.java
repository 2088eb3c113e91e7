package dev.postmaster.server;

import dev.postmaster.cluster.StatusFile;
import dev.postmaster.core.Pm;
import dev.postmaster.core.PmEvent;
import dev.postmaster.metrics.Meters;
import java.time.Instant;

/** Tells everybody else how the postmaster stands: probes, metrics, the status file and the admin API. */
@OnLoop
final class StatusReporter {
    private final Sources sources;
    private final StatusBoard board;
    private final Meters meters;
    private final Instruments instruments;
    private final StatusWriter file;

    /** What the report is made of. */
    record Sources(
            PostmasterLoop loop,
            Chronicle chronicle,
            Configurator configurator,
            Segment segment,
            ChildRegistry registry,
            ClientDesk desk,
            ClientLine line,
            Undertaker undertaker) {}

    StatusReporter(Sources sources, StatusBoard board, Meters meters, Instruments instruments, StatusWriter file) {
        this.sources = sources;
        this.board = board;
        this.meters = meters;
        this.instruments = instruments;
        this.file = file;
    }

    /** An event was handled. */
    void note(PmEvent event, Pm before) {
        Pm after = sources.loop().pm();
        instruments.note(event, before, after);
        boolean turned = sources.chronicle().note(event, before, after);
        publish();
        if (turned) {
            tell();
        }
    }

    /** Reports what changes without an event. */
    void beat() {
        instruments.beat(sources.registry());
        publish();
        tell();
    }

    /** All that is told of us, in the file and on the board. */
    void tell() {
        StatusFile status = file.write(sources.loop().pm(), board.snapshot());
        board.post(new Bulletin(
                status,
                sources.chronicle().history(),
                sources.configurator().inForce(),
                sources.segment().shared()));
    }

    private void publish() {
        Pm pm = sources.loop().pm();
        meters.spares(pm.census().waiting(), pm.census().starting());
        board.publish(new PmSnapshot(
                pm.state(),
                sources.loop().since(),
                pm.shutdown(),
                pm.fatalError(),
                pm.hasSpentItsRestarts(),
                pm.admission(),
                pm.census().clients(),
                Math.max(0, pm.settings().backendSlots() - pm.census().clients()),
                sources.desk().size(),
                sources.line().length(),
                sources.undertaker().orphans(),
                Instant.now()));
    }
}
