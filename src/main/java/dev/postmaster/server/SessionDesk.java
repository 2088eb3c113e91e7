package dev.postmaster.server;

import dev.postmaster.config.Guc;
import dev.postmaster.config.Settings;
import dev.postmaster.core.BackendRole;
import dev.postmaster.core.CacState;
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
    public boolean launch(long client) {
        return admitted(client).map(starter::startBackend).orElse(false);
    }

    @Override
    public boolean handOver(long client, BackendRole spare) {
        Optional<FirstPacketDesk.Visit> visit = admitted(client);
        boolean taken = visit.isPresent() && starter.handOver(visit.get(), spare);
        if (!taken) {
            visit.ifPresent(waiting::keep);
        }
        return taken;
    }

    /** The client, if it is still there and not one too many from its address. */
    private Optional<FirstPacketDesk.Visit> admitted(long client) {
        Optional<FirstPacketDesk.Visit> visit = waiting.verdict(client);
        if (visit.isEmpty()) {
            return visit;
        }
        RemoteAddress address = visit.get().client().address();
        if (sources.admits(address)) {
            return visit;
        }
        refuse(
                visit.get(),
                Report.of(
                                Severity.FATAL,
                                SqlState.TOO_MANY_CONNECTIONS,
                                "too many connections from address \"" + address.host() + "\"")
                        .withDetail(Guc.MAX_CONNECTIONS_PER_SOURCE.name() + " is " + sources.limit() + "."));
        return Optional.empty();
    }

    @Override
    public void refuse(long client, CacState reason) {
        Report report = Report.of(Severity.FATAL, sqlState(reason), reason.message());
        @Nullable String detail = reason.detail();
        Report whole = detail == null ? report : report.withDetail(detail);
        waiting.verdict(client).ifPresent(visit -> refuse(visit, whole));
    }

    private void refuse(FirstPacketDesk.Visit visit, Report report) {
        log.report(report);
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
