package dev.postmaster.wire;

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

/**
 * One method per kind of {@link FrontendMessage}: a new kind does not compile until every handler knows it. Each throws
 * {@link IOException} when the client cannot be written to.
 */
public interface FrontendHandler {
    void onQuery(Query message) throws IOException;

    void onParse(Parse message) throws IOException;

    void onBind(Bind message) throws IOException;

    void onDescribe(Describe message) throws IOException;

    void onExecute(Execute message) throws IOException;

    void onClose(Close message) throws IOException;

    void onFlush(Flush message) throws IOException;

    void onSync(Sync message) throws IOException;

    void onFunctionCall(FunctionCall message) throws IOException;

    void onCopyData(CopyData message) throws IOException;

    void onCopyDone(CopyDone message) throws IOException;

    void onCopyFail(CopyFail message) throws IOException;

    void onPassword(PasswordMessage message) throws IOException;

    void onTerminate(Terminate message) throws IOException;

    void onMalformed(Malformed message) throws IOException;

    void onEndOfInput(EndOfInput message) throws IOException;
}
