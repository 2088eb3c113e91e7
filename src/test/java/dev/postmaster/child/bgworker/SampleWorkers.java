package dev.postmaster.child.bgworker;

import dev.postmaster.core.WorkerStart;
import dev.postmaster.report.Report;
import dev.postmaster.report.ReportException;
import dev.postmaster.report.Severity;
import dev.postmaster.report.SqlState;
import dev.postmaster.worker.Database;
import dev.postmaster.worker.Row;
import dev.postmaster.worker.Worker;
import dev.postmaster.worker.WorkerContext;
import dev.postmaster.worker.WorkerFunction;
import dev.postmaster.worker.WorkerHandle;
import java.time.Duration;
import java.util.List;

/** Workers as somebody may write them. */
public final class SampleWorkers {
    private static final Duration LONG = Duration.ofHours(1);

    private SampleWorkers() {}

    /** Says who it is and is done. */
    public static final class Brief implements WorkerFunction {
        @Override
        public void run(WorkerContext context) {
            context.log().log("this is " + context.name() + " with " + context.argument());
        }
    }

    /** Fails in the way its argument says. */
    public static final class Failing implements WorkerFunction {
        @Override
        public void run(WorkerContext context) {
            if (context.argument().equals("bug")) {
                throw new IllegalStateException("never thought of that");
            }
            Severity severity = Severity.valueOf(context.argument());
            throw new ReportException(Report.of(severity, SqlState.DISK_FULL, "there is no room"));
        }
    }

    /** Waits, and tells what for, until it is told to stop. */
    public static final class Waiting implements WorkerFunction {
        @Override
        public void run(WorkerContext context) throws InterruptedException {
            try {
                context.log().log("waiting");
                while (true) {
                    context.log().log("heard " + context.await(LONG));
                }
            } finally {
                context.log().log("tidied up, " + (context.isToldToStop() ? "told to" : "on my own"));
            }
        }
    }

    /** Looks neither left nor right. */
    public static final class Stubborn implements WorkerFunction {
        @Override
        public void run(WorkerContext context) {
            context.log().log("busy");
            while (!context.name().isEmpty()) {
                Thread.interrupted();
            }
        }
    }

    /** Uses its database. */
    public static final class Clerk implements WorkerFunction {
        @Override
        public void run(WorkerContext context) throws InterruptedException {
            Database database = context.database("shop");
            database.execute(
                    "create table entry (id int primary key, word text, paid bool); create table other (x int)");
            long changed = database.execute("insert into entry values ($1, $2, $3), (2, null, false)", 1, "one", true);
            failHalfWay(database);
            List<Row> rows = database.query("select id, word, paid from entry where id <= $1 order by id", 2);
            context.log().log("changed " + changed + ", read " + rows.getFirst().number("id") + " "
                    + rows.getFirst().text("word") + " of " + rows.size());
            context.log().log(
                    "inserted " + database.transaction(() -> database.execute("insert into other values (7)")));
            if (context.argument().equals("stay")) {
                database.query("select pg_sleep(3600)");
            }
            context.database("shop");
        }

        private static void failHalfWay(Database database) {
            try {
                database.transaction(() -> {
                    database.execute("delete from entry");
                    throw new IllegalStateException("half way");
                });
            } catch (IllegalStateException expected) {
                return;
            }
        }
    }

    /** Registers another worker and sees it come and go. */
    public static final class Master implements WorkerFunction {
        @Override
        public void run(WorkerContext context) throws InterruptedException {
            Worker servant = Worker.of("servant", context.library(), Brief.class.getName())
                    .withType("servants")
                    .withArgument("a tray")
                    .startingAt(WorkerStart.CONSISTENT_STATE)
                    .restartingAfter(Duration.ofMinutes(2));
            WorkerHandle handle = context.register(servant).orElseThrow();
            context.log().log("registered: " + handle.status());
            context.log().log("awaited: " + handle.awaitStart());
            handle.terminate();
            handle.awaitStop();
            context.log().log("gone: " + handle.status());
            context.register(servant.restartingAfter(Duration.ofSeconds(-2)));
        }
    }

    /** Is no worker at all. */
    public static final class Stranger {}

    /** Cannot be made. */
    public static final class Demanding implements WorkerFunction {
        /** @param wish nobody can tell */
        public Demanding(String wish) {
            throw new IllegalStateException(wish);
        }

        @Override
        public void run(WorkerContext context) {
            throw new IllegalStateException();
        }
    }
}
