import dev.postmaster.worker.Database;
import dev.postmaster.worker.Wake;
import dev.postmaster.worker.WorkerContext;
import dev.postmaster.worker.WorkerFunction;
import java.time.Duration;

/** Writes a row now and then, and forgets the old ones. Its argument is the number of seconds between two rows. */
public final class Heartbeat implements WorkerFunction {
    private static final int KEPT = 1000;

    @Override
    public void run(WorkerContext context) throws Exception {
        Duration pause = Duration.ofSeconds(Long.parseLong(context.argument()));
        Database database = context.database("postgres");
        database.execute("create table if not exists heartbeat (id serial primary key, at timestamp default now())");
        context.log().log(context.name() + " beats every " + pause.toSeconds() + " s");
        while (true) {
            database.transaction(() -> {
                database.execute("insert into heartbeat default values");
                return database.execute("delete from heartbeat where id <= (select max(id) from heartbeat) - $1", KEPT);
            });
            // Throws InterruptedException when the worker is told to stop: nothing else is needed to stop well.
            if (context.await(pause) == Wake.RELOADED) {
                context.log().log("the configuration was read again");
            }
        }
    }
}
