package dev.postmaster.server;

import dev.postmaster.cluster.ClusterLayout;
import dev.postmaster.cluster.StatusFile;
import dev.postmaster.cluster.StatusFile.Fact;
import dev.postmaster.core.ChildKind;
import dev.postmaster.core.Pm;
import dev.postmaster.core.PmState;
import dev.postmaster.core.ShutdownMode;
import dev.postmaster.report.FileErrors;
import dev.postmaster.report.Log;
import dev.postmaster.report.Severity;
import java.io.IOException;
import java.time.Instant;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Keeps {@code postmaster.status} true: written anew at each turn and, if anything else has changed, with the next
 * heartbeat, so that a storm of clients costs no writing.
 */
@OnLoop
final class StatusWriter {
    private final ClusterLayout layout;
    private final Log log;
    private final Map<Fact, String> constant = new EnumMap<>(Fact.class);
    private final Chronicle chronicle;
    private final Timers timers;
    private final WorkerLedger workers;
    private final ChildRegistry registry;
    private Optional<StatusFile> written = Optional.empty();
    private final @Nullable LogCollector collector;
    private boolean failing;

    StatusWriter(
            Foundation foundation, Chronicle chronicle, Timers timers, WorkerLedger workers, ChildRegistry registry) {
        this.layout = foundation.configuration().layout();
        this.log = foundation.log();
        this.collector = foundation.collector();
        this.chronicle = chronicle;
        this.timers = timers;
        this.workers = workers;
        this.registry = registry;
        constant.put(Fact.PID, Integer.toString(foundation.kernel().pid()));
        constant.put(Fact.STARTED, foundation.configuration().startedAt().toString());
    }

    /** Writes down how the postmaster is now, and returns it. */
    StatusFile write(Pm pm, PmSnapshot now) {
        var news = new StatusFile(facts(pm, now), exits(), workers.workers(), programs(), now.heartbeat());
        if (pm.state() != PmState.NO_CHILDREN) { // else the exit is decided, and the file is being deleted
            write(news);
        }
        return news;
    }

    /** Writes what has changed, or only the heartbeat if nothing has. What fails is logged once and tried again. */
    private void write(StatusFile news) {
        try {
            if (written.filter(news::saysTheSameAs).isPresent()) {
                StatusFile.beat(layout, news.heartbeat());
            } else {
                news.write(layout);
                written = Optional.of(news);
            }
            failing = false;
        } catch (IOException e) {
            written = Optional.empty();
            complain(e);
        }
    }

    private void complain(IOException failure) {
        if (!failing) {
            log.report(
                    FileErrors.report(Severity.LOG, "could not write file \"" + layout.statusFile() + "\"", failure));
            failing = true;
        }
    }

    private Map<Fact, String> facts(Pm pm, PmSnapshot now) {
        var facts = new EnumMap<>(constant);
        facts.put(Fact.STATE, pm.state().pgName());
        facts.put(Fact.SHUTDOWN, pm.shutdown().name().toLowerCase(Locale.ROOT));
        facts.put(Fact.CRASH_CYCLE, pm.fatalError() ? "yes" : "no");
        facts.put(Fact.SINCE, chronicle.turn().at().toString());
        facts.put(Fact.CAUSE, chronicle.turn().cause());
        chronicle.lastCrash().ifPresent(crash -> facts.put(Fact.LAST_CRASH, line(crash)));
        facts.put(Fact.WAITS_FOR, waitsFor(pm));
        facts.put(
                Fact.AWAITED_KINDS,
                pm.awaited().stream().map(ChildKind::childName).collect(Collectors.joining(",")));
        timers.next()
                .ifPresent(
                        alarm -> facts.put(Fact.DEADLINE, alarm.getValue() + " " + EventWords.meaning(alarm.getKey())));
        String refusal = now.admission().message();
        facts.put(Fact.CLIENTS, refusal.isEmpty() ? "welcome" : refusal);
        facts.put(Fact.SESSIONS, Integer.toString(now.sessions()));
        facts.put(Fact.FREE_SLOTS, Integer.toString(now.freeSlots()));
        facts.put(Fact.CLIENTS_IN_LINE, Integer.toString(now.inLine()));
        facts.put(Fact.WAITING_CLIENTS, Integer.toString(now.waiting() - now.inLine()));
        if (collector != null) {
            facts.put(Fact.LOG_RECORDS_DROPPED, Long.toString(collector.dropped()));
        }
        return facts;
    }

    private static String waitsFor(Pm pm) {
        boolean smart = pm.shutdown() == ShutdownMode.SMART && pm.state().servesSessions();
        return smart ? "the clients to leave" : pm.state().waitsFor();
    }

    private Map<String, String> exits() {
        var exits = new LinkedHashMap<String, String>();
        chronicle.exits().forEach((kind, exit) -> exits.put(kind.childName(), line(exit)));
        return exits;
    }

    private Map<Integer, StatusFile.Program> programs() {
        var programs = new LinkedHashMap<Integer, StatusFile.Program>();
        for (Child child : registry.ofKinds(Set.of(ChildKind.BACKEND, ChildKind.BGWORKER))) {
            int pid = child.pid().value();
            if (!child.isOurs()) {
                String client =
                        registry.guestOf(pid).map(ChildRegistry.Guest::source).orElse("");
                programs.put(pid, new StatusFile.Program(child.kind().childName(), client));
            }
        }
        return programs;
    }

    private static String line(Chronicle.Entry entry) {
        Instant at = entry.at();
        return at + " " + entry.what();
    }
}
