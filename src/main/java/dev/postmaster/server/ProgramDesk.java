package dev.postmaster.server;

import dev.postmaster.config.Guc;
import dev.postmaster.config.Settings;
import dev.postmaster.core.CacState;
import dev.postmaster.core.ChildKind;
import dev.postmaster.core.Sig;
import dev.postmaster.launch.Program;
import dev.postmaster.launch.ProgramStreams;
import dev.postmaster.metrics.HandoverWay;
import dev.postmaster.os.Fd;
import dev.postmaster.os.LaunchResult;
import dev.postmaster.os.OsException;
import dev.postmaster.os.Pid;
import dev.postmaster.report.Log;
import dev.postmaster.report.LogSource;
import io.netty.channel.Channel;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.LongConsumer;

/**
 * Clients of a program that is none of ours ({@code backend_command}), as inetd has them: nobody knows what they speak, so
 * that each is given its process as soon as it is accepted, and one that is refused finds its connection closed.
 */
@OnLoop
final class ProgramDesk implements ClientDesk {
    /** What most programs end by; whoever ignores it meets the SIGKILL of an immediate shutdown (decision 0092). */
    private static final Child.Manners MANNERS = new Child.Manners(Sig.TERM, Duration.ZERO, Optional.empty());

    private final LongConsumer core;
    private final Hands hands;
    private final Fd nullDevice;
    private final Log log;
    private final Map<Long, Caller> callers = new HashMap<>();
    private Settings settings;
    private long lastId;

    /** Those who do the work. */
    record Hands(
            ProgramStarter starter,
            SocketHandover handover,
            ChildRegistry registry,
            SourceLimit sources,
            SourceRate rate,
            Refusals refusals) {}

    private record Caller(Channel channel, RemoteAddress address) {}

    /**
     * Opens the desk.
     *
     * @param core asked for a verdict on the client of this number
     */
    ProgramDesk(LongConsumer core, Hands hands, Fd nullDevice, Settings settings, Log log) {
        this.core = core;
        this.hands = hands;
        this.nullDevice = nullDevice;
        this.settings = settings;
        this.log = log;
    }

    @Override
    public void welcome(Channel channel) {
        lastId++;
        SocketHandover.await(channel);
        callers.put(lastId, new Caller(channel, RemoteAddress.of(channel.remoteAddress())));
        core.accept(lastId);
    }

    @Override
    public Admission launch(long client) {
        Caller caller = callers.remove(client);
        if (caller == null) {
            return Admission.LEFT;
        }
        if (!hands.rate().admits(caller.address())) {
            refuse(caller, "too many new connections from its address (connection_rate_per_source)");
            return Admission.OVER_SOURCE_RATE;
        }
        if (!hands.sources().admits(caller.address())) {
            refuse(caller, "too many connections from its address (max_connections_per_source)");
            return Admission.OVER_SOURCE_LIMIT;
        }
        try (Fd socket = hands.handover().take(caller.channel())) {
            RemoteAddress address = caller.address();
            LaunchResult result =
                    hands.starter().start(role(address), program(address), error -> streams(socket, error));
            if (result instanceof LaunchResult.Launched(Pid pid)) {
                hands.registry().guestCame(pid, new ChildRegistry.Guest(address.host(), Instant.now(), null));
                hands.handover().done(caller.channel(), HandoverWay.LAUNCH);
                return Admission.SERVED;
            }
            return Admission.NOT_LAUNCHED;
        } catch (OsException e) {
            log.log("could not hand a client over to a program: " + e.getMessage());
            return Admission.NOT_LAUNCHED;
        }
    }

    @Override
    public Admission handOver(long client) {
        throw new IllegalStateException("programs do not wait for clients");
    }

    @Override
    public boolean admits(long client) {
        return callers.containsKey(client);
    }

    @Override
    public boolean refuse(long client, CacState reason) {
        Caller caller = callers.remove(client);
        if (caller != null) {
            refuse(caller, reason.message());
        }
        return caller != null;
    }

    private void refuse(Caller caller, String reason) {
        caller.channel().unsafe().closeForcibly();
        hands.refusals().add(caller.address(), reason);
    }

    private ProgramStreams streams(Fd socket, Fd error) {
        return switch (settings.get(Guc.BACKEND_SOCKET)) {
            case INETD -> new ProgramStreams(socket, socket, error);
            case LISTEN_FDS -> new ProgramStreams(nullDevice, error, error, socket);
        };
    }

    private Program program(RemoteAddress client) {
        return new Program(
                        settings.get(Guc.BACKEND_COMMAND),
                        remote(client),
                        null,
                        settings.get(Guc.BACKEND_USER),
                        settings.get(Guc.BACKEND_LIMITS))
                .with(settings.get(Guc.BACKEND_ENVIRONMENT));
    }

    /** The names that xinetd and systemd have for it; a client on a Unix socket has no address. */
    private static List<String> remote(RemoteAddress client) {
        String host = "REMOTE_HOST=" + client.host();
        return client.isLocal()
                ? List.of(host)
                : List.of(host, "REMOTE_ADDR=" + client.host(), "REMOTE_PORT=" + client.port());
    }

    private ProgramStarter.Role role(RemoteAddress client) {
        String name =
                Path.of(settings.get(Guc.BACKEND_COMMAND).getFirst()).toFile().getName();
        var session = LogSource.Session.from(client.host(), client.port()).as(name);
        return new ProgramStarter.Role(
                ChildKind.BACKEND, ChildKind.BACKEND.backendType(), Guc.BACKEND_COMMAND.name(), MANNERS, session);
    }

    @Override
    public int size() {
        return callers.size();
    }

    @Override
    public void configure(Settings newSettings) {
        settings = newSettings;
        hands.sources().limit(newSettings.get(Guc.MAX_CONNECTIONS_PER_SOURCE));
        hands.rate().limit(newSettings.get(Guc.CONNECTION_RATE_PER_SOURCE));
    }

    @Override
    public void closeAll() {
        callers.values().forEach(caller -> caller.channel().unsafe().closeForcibly());
        callers.clear();
    }
}
