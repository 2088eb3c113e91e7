package dev.postmaster.server;

import dev.postmaster.config.CommandLine;
import dev.postmaster.config.Guc;
import dev.postmaster.config.LogSettings;
import dev.postmaster.config.SettingSources;
import dev.postmaster.config.Settings;
import dev.postmaster.core.ChildKind;
import dev.postmaster.launch.UserCheck;
import dev.postmaster.os.Os;
import dev.postmaster.os.OsException;
import dev.postmaster.report.LogFormat;
import dev.postmaster.report.LogSource;
import dev.postmaster.report.ProcessLog;
import dev.postmaster.report.Report;
import dev.postmaster.report.ReportException;
import dev.postmaster.report.Severity;
import io.quarkus.runtime.Quarkus;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/** The postmaster's way from its arguments to its exit status (PM-1, PM-2). Runs on the main thread. */
public final class PostmasterMain {
    private static final int OK = 0;
    private static final int FAILED = 1;
    private static final int NO_CLUSTER = 2;

    /** From here to {@link PostmasterApplication}, which Quarkus creates: the one thing it cannot be given otherwise. */
    private static final AtomicReference<@Nullable Foundation> FOUNDATION = new AtomicReference<>();

    private final Console console = Console.install();
    private final Map<String, String> environment = System.getenv();
    private final Instant startedAt = Instant.now();
    private final Os os = Os.open();
    private final ProcessLog log = new ProcessLog(
            new FileOutputStream(FileDescriptor.err),
            LogSource.of(os.thisProcess().pid(), "postmaster", startedAt),
            LogFormat.DEFAULT,
            InstantSource.system());
    private final ExitCallbacks onExit = new ExitCallbacks();

    /** Null before there is one, and without {@code logging_collector}. */
    private @Nullable LogCollector collector;

    private PostmasterMain() {}

    /**
     * Serves until told to stop, then ends the process: 0 after a normal shutdown, 1 after a failure, 2 without a cluster.
     *
     * @param launchable the kinds of child whose program exists
     */
    public static void run(String[] arguments, Set<ChildKind> launchable) {
        var main = new PostmasterMain();
        try {
            main.start(arguments, launchable);
        } catch (ReportException e) {
            main.log.report(e.report(), e);
            main.exit(FAILED);
        } catch (OsException e) {
            main.log.report(
                    Report.of(Severity.FATAL, e.call() + " failed: " + e.errno().message()));
            main.exit(FAILED);
        } catch (ClusterMissingException e) {
            main.printError(e.text());
            main.exit(NO_CLUSTER);
        }
    }

    /** What the start sequence has made; to be taken once. */
    static Foundation takeFoundation() {
        Foundation foundation = FOUNDATION.getAndSet(null);
        if (foundation == null) {
            throw new IllegalStateException("the application was not started by PostmasterMain");
        }
        return foundation;
    }

    private void start(String[] arguments, Set<ChildKind> launchable) throws ClusterMissingException {
        switch (CommandLine.parse(arguments, environment, Version.TEXT)) {
            case CommandLine.Print(String text) -> {
                System.out.print(text);
                exit(OK);
            }
            case CommandLine.Refused(String text) -> {
                printError(text);
                exit(FAILED);
            }
            case CommandLine.ShowSetting(String name, var given) -> {
                System.out.println(sources(given).load().get(name));
                exit(OK);
            }
            case CommandLine.Serve(var given) -> serve(arguments, sources(given), launchable);
        }
    }

    private void serve(String[] arguments, SettingSources sources, Set<ChildKind> launchable)
            throws ClusterMissingException {
        new ProcessImage(os, environment).ownSignals();
        Settings settings = sources.load();
        log.format(LogSettings.format(settings));
        checkUser(settings);
        var sequence = new StartSequence(os, environment, startedAt, new StartSequence.Voice(log, console), onExit);
        Foundation foundation = sequence.run(sources, settings, launchable);
        collector = foundation.collector();
        FOUNDATION.set(foundation);
        ManagementPort.of(settings).configure();
        Quarkus.run(PostmasterApplication.class, this::quarkusEnded, arguments);
    }

    /** PostgreSQL's exit callbacks, the lock file last, and then the last line of the log (PM-3). */
    private void quarkusEnded(int status, @Nullable Throwable failure) {
        if (failure != null) {
            log.report(
                    Report.of(Severity.FATAL, String.valueOf(rootCause(failure).getMessage())));
        }
        exit(status);
    }

    private void exit(int status) {
        if (collector != null) {
            collector.quarkusEnded();
        }
        boolean served = onExit.run(failure -> log.log("could not tidy up at exit: " + failure));
        if (served) {
            log.log("database system is shut down");
        }
        if (collector != null) {
            collector.end();
        }
        // Nothing of ours is left to run, and no shutdown hook may turn the status into another one.
        Runtime.getRuntime().halt(status);
    }

    private void checkUser(Settings settings) {
        Optional<String> refusal = UserCheck.refusal(
                "postmaster",
                settings.get(Guc.ALLOW_ROOT),
                os.thisProcess().realUserId(),
                os.thisProcess().effectiveUserId());
        if (refusal.isPresent()) {
            printError(refusal.get());
            exit(FAILED);
        }
    }

    /** The Quarkus way to give a setting: {@code -Dpostmaster.port=…} or {@code POSTMASTER_PORT=…}. */
    private static SettingSources sources(Map<String, String> commandLine) throws ClusterMissingException {
        var config = new SmallRyeConfigBuilder().addDefaultSources().build();
        try {
            return SettingSources.of(commandLine, name -> config.getOptionalValue(name, String.class));
        } catch (ReportException e) {
            throw ClusterMissingException.of(e.report());
        }
    }

    private void printError(String text) {
        System.err.print(text);
        System.err.flush();
    }

    private static Throwable rootCause(Throwable failure) {
        Throwable cause = failure;
        while (cause.getCause() != null) {
            cause = cause.getCause();
        }
        return cause;
    }
}
