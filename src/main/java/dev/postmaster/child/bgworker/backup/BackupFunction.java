package dev.postmaster.child.bgworker.backup;

import dev.postmaster.cluster.ClusterLayout;
import dev.postmaster.cluster.FileModes;
import dev.postmaster.report.FileErrors;
import dev.postmaster.report.Report;
import dev.postmaster.report.ReportException;
import dev.postmaster.report.Severity;
import dev.postmaster.report.SqlState;
import dev.postmaster.store.DatabaseFile;
import dev.postmaster.store.Databases;
import dev.postmaster.worker.WorkerContext;
import dev.postmaster.worker.WorkerFunction;
import java.io.IOException;
import java.nio.channels.ClosedByInterruptException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/**
 * Backs up databases, by the clock, for ever. The first time is at once, or when the newest copy is old enough, so that a
 * server that is restarted often makes no more copies than one that is not. A failure is logged and ends nothing: the
 * next try is at the next time, and old copies stay until there is a new one.
 */
public final class BackupFunction implements WorkerFunction {
    private static final int LOCK_TIMEOUT_MILLIS = 5_000;

    private final ClusterLayout layout;
    private final FileModes modes;

    /** @param modes of a directory that it creates */
    public BackupFunction(ClusterLayout layout, FileModes modes) {
        this.layout = layout;
        this.modes = modes;
    }

    @Override
    public void run(WorkerContext context) throws InterruptedException, IOException {
        BackupPlan plan = BackupPlan.parse(context.argument(), layout.dataDirectory());
        if (plan.directory().startsWith(layout.base())) {
            throw BackupPlan.bad(
                    "\"directory\" is among the databases", "Choose a directory outside of \"" + layout.base() + "\".");
        }
        Duration left = untilFirst(plan);
        while (true) {
            sleep(context, left);
            long begun = System.nanoTime();
            for (Path database : databases(plan)) {
                tryToBackUp(context, plan, database);
            }
            left = plan.every().minusNanos(System.nanoTime() - begun);
        }
    }

    /** Also when all is due at once a worker hears that it is to stop. */
    private static void sleep(WorkerContext context, Duration time) throws InterruptedException {
        long end = System.nanoTime() + time.toNanos();
        Duration left = time;
        do {
            context.await(left.isNegative() ? Duration.ZERO : left);
            left = Duration.ofNanos(end - System.nanoTime());
        } while (left.isPositive());
    }

    private List<Path> databases(BackupPlan plan) {
        return plan.database()
                .map(name -> List.of(Databases.file(layout.base(), name)))
                .orElseGet(() -> Databases.list(layout.base()));
    }

    /** The database that waited longest decides. */
    private Duration untilFirst(BackupPlan plan) throws IOException {
        Instant now = Instant.now();
        Duration left = plan.every();
        for (Path database : databases(plan)) {
            Instant newest = new BackupFiles(plan.directory(), Databases.name(database))
                    .newest()
                    .orElse(Instant.EPOCH);
            Duration due = plan.every().minus(Duration.between(newest, now));
            left = due.compareTo(left) < 0 ? due : left;
        }
        return left;
    }

    private void tryToBackUp(WorkerContext context, BackupPlan plan, Path database) throws InterruptedException {
        String name = Databases.name(database);
        try {
            backUp(context, plan, database);
        } catch (ClosedByInterruptException e) {
            throw new InterruptedException();
        } catch (IOException e) {
            context.log()
                    .report(failure(plan, name, FileErrors.sqlState(e), e.getMessage() + ": " + FileErrors.words(e)));
        } catch (ReportException e) {
            context.log()
                    .report(failure(
                            plan, name, e.report().sqlState(), e.report().message()));
        }
    }

    private void backUp(WorkerContext context, BackupPlan plan, Path database) throws IOException {
        BackupFiles files = new BackupFiles(plan.directory(), Databases.name(database));
        long begun = System.nanoTime();
        Files.createDirectories(plan.directory(), modes.directory());
        Path draft = files.draft();
        Path copy = files.at(Instant.now());
        try (DatabaseFile open = DatabaseFile.open(database, LOCK_TIMEOUT_MILLIS)) {
            open.backUp(draft);
        }
        files.publish(draft, copy);
        int deleted = files.prune(plan.keep());
        long millis = (System.nanoTime() - begun) / 1_000_000;
        context.log().log("backed up database \"" + files.database() + "\" to \"" + copy + "\": " + Files.size(copy)
                + " bytes in " + millis + " ms, " + deleted + " old copies deleted");
    }

    /** Severity LOG: it concerns the administrator and ends nothing. */
    private static Report failure(BackupPlan plan, String database, SqlState state, String reason) {
        return Report.of(Severity.LOG, state, "could not back up database \"" + database + "\": " + reason)
                .withDetail("All earlier copies were kept. The next try is in "
                        + plan.every().toSeconds() + " s.")
                .withHint(remedy(plan, state));
    }

    private static String remedy(BackupPlan plan, SqlState state) {
        return switch (state) {
            case DISK_FULL -> "Free space in \"" + plan.directory() + "\", or keep fewer copies.";
            case INSUFFICIENT_PRIVILEGE -> "Let the user who runs the server write in \"" + plan.directory() + "\".";
            case DATA_CORRUPTED, INDEX_CORRUPTED ->
                "The database is damaged. Save its file, stop the server, and put the newest sound copy in its place.";
            case INVALID_CATALOG_NAME, UNDEFINED_FILE ->
                "Create the database, or name another one in the argument of the worker.";
            default -> "Look whether \"" + plan.directory() + "\" exists, can be written, and has space.";
        };
    }
}
