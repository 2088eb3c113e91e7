package dev.postmaster.training;

import dev.postmaster.worker.Database;
import dev.postmaster.worker.Row;
import dev.postmaster.worker.WorkerContext;
import dev.postmaster.worker.WorkerFunction;
import java.time.Duration;
import java.util.List;

/** A background worker that does a little of everything a worker usually does. */
public final class Lesson implements WorkerFunction {
    static final String LEARNT = "the training worker knows";

    @Override
    public void run(WorkerContext context) throws InterruptedException {
        Database database = context.database("postgres");
        database.execute("create table worker_lesson (id int primary key, word text)");
        database.execute("insert into worker_lesson values ($1, $2)", 1, "one");
        List<Row> rows = database.transaction(() -> database.query("select id, word from worker_lesson"));
        database.execute("drop table worker_lesson");
        context.await(Duration.ofMillis(1));
        context.log().log(LEARNT + " " + rows.getFirst().text("word"));
    }
}
