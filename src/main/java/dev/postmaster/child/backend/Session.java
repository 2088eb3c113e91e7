package dev.postmaster.child.backend;

import static dev.postmaster.child.backend.Errors.error;

import dev.postmaster.report.Report;
import dev.postmaster.report.ReportException;
import dev.postmaster.report.Severity;
import dev.postmaster.report.SqlState;
import dev.postmaster.store.Store;
import dev.postmaster.store.type.SizeLimit;
import dev.postmaster.wire.BackendMessage;
import dev.postmaster.wire.BackendMessage.ReadyForQuery;
import dev.postmaster.wire.FrontendDecoder;
import dev.postmaster.wire.FrontendHandler;
import dev.postmaster.wire.FrontendMessage;
import dev.postmaster.wire.FrontendMessage.Bind;
import dev.postmaster.wire.FrontendMessage.Close;
import dev.postmaster.wire.FrontendMessage.CopyData;
import dev.postmaster.wire.FrontendMessage.CopyDone;
import dev.postmaster.wire.FrontendMessage.CopyFail;
import dev.postmaster.wire.FrontendMessage.Describe;
import dev.postmaster.wire.FrontendMessage.EndOfInput;
import dev.postmaster.wire.FrontendMessage.Execute;
import dev.postmaster.wire.FrontendMessage.Flush;
import dev.postmaster.wire.FrontendMessage.FunctionCall;
import dev.postmaster.wire.FrontendMessage.Malformed;
import dev.postmaster.wire.FrontendMessage.Parse;
import dev.postmaster.wire.FrontendMessage.PasswordMessage;
import dev.postmaster.wire.FrontendMessage.Query;
import dev.postmaster.wire.FrontendMessage.Sync;
import dev.postmaster.wire.FrontendMessage.Terminate;
import dev.postmaster.wire.TransactionStatus;
import java.io.IOException;

/**
 * One client's messages, one after the other, until it leaves or must leave (PostgresMain). An ERROR ends the statement;
 * in the extended protocol also all that follows up to the next Sync. A FATAL is thrown and ends the session.
 */
final class Session implements FrontendHandler {
    private final Connection connection;
    private final Client client;
    private final Inbox inbox;
    private final SessionSettings settings;
    private final Reporter reporter;
    private final TransactionBlock block;
    private final CurrentStatement current;
    private final SimpleQuery simple;
    private final ExtendedQuery extended;

    /** Whether an error now voids all that the client sends before Sync. */
    private boolean untilSync;
    /** Whether it has. */
    private boolean skipping;

    private boolean over;

    /**
     * A session of a client that has been let in.
     *
     * @param reporter learns from now on what is being worked on
     * @param rights what its role may do
     */
    Session(Connection connection, SessionSettings settings, Store store, Reporter reporter, Rights rights) {
        this.connection = connection;
        this.client = connection.client();
        this.settings = settings;
        this.reporter = reporter;
        this.current = new CurrentStatement(connection.around(), connection.interrupts(), settings, reporter);
        PreparedStatements prepared = new PreparedStatements();
        Portals portals = new Portals();
        this.block = new TransactionBlock(store, settings, reporter, portals::closeAll);
        Turn turn = connection.turn();
        this.inbox = new Inbox(new FrontendDecoder(connection.streams().input(), SizeLimit.bytes()), turn);
        Runnable checkpoint = () -> {
            rights.requireCheckpoint();
            connection.around().checkpoint(turn::heed);
        };
        RoleCommands roles = new RoleCommands(connection.around(), rights, settings, reporter);
        SessionCommands commands = new SessionCommands(settings, block, prepared, checkpoint, roles);
        StoreSettings storeSettings = new StoreSettings(store, settings);
        Runnable beforeEach = () -> {
            turn.heed();
            storeSettings.apply();
        };
        Runnable beforeDrop = () -> connection.around().checkpointAndLetGo(turn::heed);
        CompositeCommands composites = new CompositeCommands(prepared, block, connection, inbox);
        StatementRunner runner = new StatementRunner(
                store,
                block,
                new StatementRunner.SessionWork(commands, composites, roles, rights, beforeEach, beforeDrop));
        Engine engine = new Engine(
                runner,
                block,
                current,
                new ResultSender(client, turn),
                new StatementLog(connection.around(), settings));
        this.simple = new SimpleQuery(engine, client);
        this.extended = new ExtendedQuery(engine, client, prepared, portals);
    }

    /**
     * Serves the client. False if another thread has ended the session meanwhile, and nothing is left to say.
     *
     * @throws ReportException FATAL, to be told to the client
     * @throws IOException if the client cannot be written to
     */
    boolean run() throws IOException {
        try {
            ready();
            while (!over) {
                handle(inbox.next());
            }
            return true;
        } catch (Inbox.SessionOver e) {
            return false;
        }
    }

    private void handle(FrontendMessage message) throws IOException {
        try {
            followReload();
            message.deliverTo(this);
        } catch (ReportException e) {
            fail(connection.turn().explain(e.report()), e);
        } catch (OutOfMemoryError e) {
            throw new ReportException(reporter.named(Errors.fatal(SqlState.OUT_OF_MEMORY, "out of memory")), e);
        } catch (StackOverflowError e) {
            fail(Report.of(Severity.ERROR, SqlState.STATEMENT_TOO_COMPLEX, "stack depth limit exceeded"), e);
        }
    }

    /** As PostgresMain: a reload waits for the next message, so that it is never in the middle of a statement. */
    private void followReload() {
        Surroundings around = connection.around();
        around.reloaded().ifPresent(server -> {
            settings.follow(server);
            around.logAs(settings.current());
        });
    }

    private void fail(Report report, Throwable thrown) throws IOException {
        if (report.severity().compareTo(Severity.ERROR) > 0) {
            throw new ReportException(reporter.named(report), thrown);
        }
        reporter.error(report, thrown);
        block.fail();
        skipping = untilSync;
        if (!skipping) {
            ready();
        }
    }

    /** Tells the client which settings it does not know yet. */
    void tellSettings() throws IOException {
        for (BackendMessage news : settings.news()) {
            client.send(news);
        }
    }

    /** Tells the client that it is its turn. */
    private void ready() throws IOException {
        tellSettings();
        current.name("");
        connection.turn().becomeIdle();
        connection.around().waiting(block.status());
        client.send(new ReadyForQuery(block.status()));
        client.flush();
    }

    @Override
    public void onQuery(Query message) throws IOException {
        if (!skipping) {
            untilSync = false;
            simple.run(message.sql());
            ready();
        }
    }

    @Override
    public void onParse(Parse message) throws IOException {
        if (beginExtended()) {
            extended.parse(message);
        }
    }

    @Override
    public void onBind(Bind message) throws IOException {
        if (beginExtended()) {
            extended.bind(message);
        }
    }

    @Override
    public void onDescribe(Describe message) throws IOException {
        if (beginExtended()) {
            extended.describe(message);
        }
    }

    @Override
    public void onExecute(Execute message) throws IOException {
        if (beginExtended()) {
            extended.execute(message);
        }
    }

    @Override
    public void onClose(Close message) throws IOException {
        if (beginExtended()) {
            extended.close(message);
        }
    }

    @Override
    public void onFlush(Flush message) throws IOException {
        if (beginExtended()) {
            client.flush();
        }
    }

    private boolean beginExtended() {
        untilSync = true;
        return !skipping;
    }

    @Override
    public void onSync(Sync message) throws IOException {
        skipping = false;
        untilSync = false;
        block.endOwn();
        ready();
    }

    @Override
    public void onFunctionCall(FunctionCall message) {
        if (!skipping) {
            untilSync = false;
            throw error(SqlState.FEATURE_NOT_SUPPORTED, "function calls by number are not supported");
        }
    }

    // After a COPY that failed the client may not have noticed yet: what it still sends is ignored.

    @Override
    public void onCopyData(CopyData message) {}

    @Override
    public void onCopyDone(CopyDone message) {}

    @Override
    public void onCopyFail(CopyFail message) {}

    @Override
    public void onPassword(PasswordMessage message) {
        throw new ReportException(
                Errors.fatal(SqlState.PROTOCOL_VIOLATION, "invalid frontend message type " + (int) 'p'));
    }

    @Override
    public void onTerminate(Terminate message) {
        over = true;
    }

    @Override
    public void onMalformed(Malformed message) {
        if (!skipping || message.report().severity() == Severity.FATAL) {
            untilSync = message.extended();
            throw new ReportException(message.report());
        }
    }

    @Override
    public void onEndOfInput(EndOfInput message) {
        connection.log().endOfInput(message.problem(), block.status() != TransactionStatus.IDLE);
        over = true;
    }
}
