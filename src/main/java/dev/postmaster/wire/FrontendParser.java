package dev.postmaster.wire;

import dev.postmaster.wire.FrontendMessage.Bind;
import dev.postmaster.wire.FrontendMessage.Close;
import dev.postmaster.wire.FrontendMessage.CopyData;
import dev.postmaster.wire.FrontendMessage.CopyDone;
import dev.postmaster.wire.FrontendMessage.CopyFail;
import dev.postmaster.wire.FrontendMessage.Describe;
import dev.postmaster.wire.FrontendMessage.Execute;
import dev.postmaster.wire.FrontendMessage.Flush;
import dev.postmaster.wire.FrontendMessage.FunctionCall;
import dev.postmaster.wire.FrontendMessage.Parse;
import dev.postmaster.wire.FrontendMessage.PasswordMessage;
import dev.postmaster.wire.FrontendMessage.Query;
import dev.postmaster.wire.FrontendMessage.Sync;
import dev.postmaster.wire.FrontendMessage.Target;
import dev.postmaster.wire.FrontendMessage.Terminate;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What the type byte of a client's message means (postgres.c: SocketBackend, PostgresMain). */
final class FrontendParser {
    /** Longest body of a message that carries data, in bytes (PQ_LARGE_MESSAGE_LIMIT). */
    static final int LARGE_LIMIT = 0x3fffffff - 1;

    /** Longest body of a message that carries names only, in bytes (PQ_SMALL_MESSAGE_LIMIT). */
    static final int SMALL_LIMIT = 10_000;

    private static final int NULL = -1;

    private FrontendParser() {}

    /** The longest body a message of this type may have; negative if there is no such type. */
    static int maxBody(char type) {
        return switch (type) {
            case 'Q', 'F', 'B', 'P', 'd' -> LARGE_LIMIT;
            case 'C', 'D', 'E', 'H', 'S', 'X', 'c', 'f', 'p' -> SMALL_LIMIT;
            default -> -1;
        };
    }

    /** Whether an error in such a message voids all that follows until the next Sync. */
    static boolean isExtended(char type) {
        return switch (type) {
            case 'P', 'B', 'D', 'E', 'C', 'H' -> true;
            default -> false;
        };
    }

    static FrontendMessage parse(char type, BodyReader body) {
        FrontendMessage message =
                switch (type) {
                    case 'Q' -> new Query(body.string());
                    case 'P' -> new Parse(body.string(), body.string(), int32s(body));
                    case 'B' -> new Bind(body.string(), body.string(), int16s(body), values(body), int16s(body));
                    case 'D' -> new Describe(target(body, "DESCRIBE"), body.string());
                    case 'E' -> new Execute(body.string(), body.int32());
                    case 'C' -> new Close(target(body, "CLOSE"), body.string());
                    case 'H' -> new Flush();
                    case 'S' -> new Sync();
                    case 'F' -> functionCall(body);
                    case 'd' -> new CopyData(body.rest());
                    case 'c' -> new CopyDone();
                    case 'f' -> new CopyFail(body.string());
                    case 'p' -> new PasswordMessage(body.rest());
                    case 'X' -> new Terminate();
                    default -> throw new IllegalArgumentException("not a message type: " + (int) type);
                };
        body.finish();
        return message;
    }

    private static int[] int32s(BodyReader body) {
        int[] all = new int[body.int16()];
        for (int i = 0; i < all.length; i++) {
            all[i] = body.int32();
        }
        return all;
    }

    private static int[] int16s(BodyReader body) {
        int[] all = new int[body.int16()];
        for (int i = 0; i < all.length; i++) {
            all[i] = body.int16();
        }
        return all;
    }

    private static List<byte @Nullable []> values(BodyReader body) {
        int count = body.int16();
        List<byte @Nullable []> all = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            int length = body.int32();
            all.add(length == NULL ? null : body.bytes(length));
        }
        return all;
    }

    private static Target target(BodyReader body, String message) {
        int code = body.int8();
        return switch (code) {
            case 'S' -> Target.STATEMENT;
            case 'P' -> Target.PORTAL;
            default -> throw BodyReader.violation("invalid " + message + " message subtype " + code);
        };
    }

    /** The arguments are of no use: every call is refused. */
    private static FunctionCall functionCall(BodyReader body) {
        FunctionCall call = new FunctionCall(body.int32());
        body.rest();
        return call;
    }
}
