package dev.postmaster.server;

import dev.postmaster.config.Guc;
import dev.postmaster.config.Settings;
import dev.postmaster.core.CacState;
import dev.postmaster.metrics.Refusal;
import dev.postmaster.report.Log;
import dev.postmaster.report.Report;
import dev.postmaster.report.Severity;
import dev.postmaster.report.SqlState;
import dev.postmaster.wire.BackendMessage;
import io.netty.channel.Channel;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Clients that speak PostgreSQL's protocol: they introduce themselves first, and are told in it what becomes of them. */
@OnLoop
final class SessionDesk implements ClientDesk {
    private final FirstPacketDesk waiting;
    private final BackendStarter starter;
    private final SourceLimit sources;
    private final Log log;

    SessionDesk(FirstPacketDesk waiting, BackendStarter starter, SourceLimit sources, Log log) {
        this.waiting = waiting;
        this.starter = starter;
        this.sources = sources;
        this.log = log;
    }

    @Override
    public void welcome(Channel channel) {
        waiting.welcome(channel);
    }

    @Override
    public boolean admits(long client) {
        return waiting.find(client).map(this::admits).orElse(false);
    }

    private boolean admits(FirstPacketDesk.Visit visit) {
        RemoteAddress address = visit.client().address();
        boolean admitted = sources.admits(address);
        if (!admitted) {
            waiting.verdict(visit.client().id());
            waiting.turnAway(visit.client(), Refusal.SOURCE_LIMIT);
            refuse(visit, oneTooMany(address));
        }
        return admitted;
    }

    private Report oneTooMany(RemoteAddress address) {
        return Report.of(
                        Severity.FATAL,
                        SqlState.TOO_MANY_CONNECTIONS,
                        "too many connections from address \"" + address.host() + "\"")
                .withDetail(Guc.MAX_CONNECTIONS_PER_SOURCE.name() + " is " + sources.limit() + ".");
    }

    @Override
    public Admission launch(long client) {
        return waiting.verdict(client)
                .map(visit -> starter.startBackend(visit) ? Admission.SERVED : Admission.NOT_LAUNCHED)
                .orElse(Admission.LEFT);
    }

    @Override
    public Admission handOver(long client) {
        return waiting.verdict(client).map(this::handOver).orElse(Admission.LEFT);
    }

    private Admission handOver(FirstPacketDesk.Visit visit) {
        Admission admission = starter.handOver(visit);
        if (admission == Admission.NOT_TAKEN) {
            waiting.keep(visit);
        }
        return admission;
    }

    @Override
    public boolean refuse(long client, CacState reason) {
        Report report = Report.of(Severity.FATAL, sqlState(reason), reason.message());
        @Nullable String detail = reason.detail();
        Report whole = detail == null ? report : report.withDetail(detail);
        Optional<FirstPacketDesk.Visit> visit = waiting.verdict(client);
        visit.ifPresent(present -> refuse(present, whole));
        return visit.isPresent();
    }

    private void refuse(FirstPacketDesk.Visit visit, Report report) {
        log.about(visit.session()).report(report);
        visit.client().refuse(new BackendMessage.ErrorResponse(report));
    }

    @Override
    public int size() {
        return waiting.size();
    }

    @Override
    public void configure(Settings settings) {
        waiting.limits(SettingsMapper.desk(settings));
        starter.limits(SettingsMapper.spares(settings));
        sources.limit(settings.get(Guc.MAX_CONNECTIONS_PER_SOURCE));
    }

    @Override
    public void closeAll() {
        waiting.closeAll();
    }

    private static SqlState sqlState(CacState reason) {
        return switch (reason) {
            case OK -> SqlState.SUCCESSFUL_COMPLETION;
            case STARTUP, NOT_CONSISTENT, NOT_HOT_STANDBY, SHUTDOWN, RECOVERY -> SqlState.CANNOT_CONNECT_NOW;
            case TOO_MANY -> SqlState.TOO_MANY_CONNECTIONS;
        };
    }
}
