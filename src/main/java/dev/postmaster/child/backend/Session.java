package dev.postmaster.child.backend;

import static dev.postmaster.child.backend.Errors.error;

import dev.postmaster.report.Report;
import dev.postmaster.report.ReportException;
import dev.postmaster.report.Severity;
import dev.postmaster.report.SqlState;
import dev.postmaster.shmem.ActivityState;
import dev.postmaster.wire.BackendMessage.ParameterStatus;
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
import java.io.IOException;

/** One client's messages, one after the other, until it leaves or must leave (PostgresMain). */
final class Session implements FrontendHandler {
}
