package dev.postmaster.wire;

import static dev.postmaster.wire.Bytes.hex;
import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import dev.postmaster.report.Report;
import dev.postmaster.report.Severity;
import dev.postmaster.report.SqlState;
import dev.postmaster.wire.BackendMessage.AuthenticationOk;
import dev.postmaster.wire.BackendMessage.AuthenticationSasl;
import dev.postmaster.wire.BackendMessage.AuthenticationSaslContinue;
import dev.postmaster.wire.BackendMessage.AuthenticationSaslFinal;
import dev.postmaster.wire.BackendMessage.BackendKeyData;
import dev.postmaster.wire.BackendMessage.CommandComplete;
import dev.postmaster.wire.BackendMessage.CopyData;
import dev.postmaster.wire.BackendMessage.CopyInResponse;
import dev.postmaster.wire.BackendMessage.CopyOutResponse;
import dev.postmaster.wire.BackendMessage.DataRow;
import dev.postmaster.wire.BackendMessage.EncryptionAccepted;
import dev.postmaster.wire.BackendMessage.EncryptionRefused;
import dev.postmaster.wire.BackendMessage.ErrorResponse;
import dev.postmaster.wire.BackendMessage.LegacyError;
import dev.postmaster.wire.BackendMessage.Mark;
import dev.postmaster.wire.BackendMessage.NegotiateProtocolVersion;
import dev.postmaster.wire.BackendMessage.NoticeResponse;
import dev.postmaster.wire.BackendMessage.ParameterDescription;
import dev.postmaster.wire.BackendMessage.ParameterStatus;
import dev.postmaster.wire.BackendMessage.ReadyForQuery;
import dev.postmaster.wire.BackendMessage.RowDescription;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Bytes written out by hand from the protocol's documentation, "Message Formats". */
class BackendMessageTest {
    private static final CancelKey SHORT_KEY = new CancelKey(hex("01020304"));

    static Stream<Arguments> messages() {
        return Stream.of(
                arguments(new AuthenticationOk(), "52 00000008 00000000"),
                arguments(new AuthenticationSasl(List.of("S", "T")), "52 0000000d 0000000a 5300 5400 00"),
                arguments(new AuthenticationSaslContinue("r=a"), "52 0000000b 0000000b 723d61"),
                arguments(new AuthenticationSaslFinal("v=b"), "52 0000000b 0000000c 763d62"),
                arguments(new ParameterStatus("a", "bc"), "53 00000009 6100 626300"),
                arguments(new BackendKeyData(4711, SHORT_KEY), "4b 0000000c 00001267 01020304"),
                arguments(
                        new BackendKeyData(1, new CancelKey(new byte[32])),
                        "4b 00000028 00000001" + "00000000".repeat(8)),
                arguments(
                        new NegotiateProtocolVersion(ProtocolVersion.NEWEST, List.of("_pq_.a", "_pq_.b")),
                        "76 0000001a 00030002 00000002 5f70715f2e6100 5f70715f2e6200"),
                arguments(new ReadyForQuery(TransactionStatus.IDLE), "5a 00000005 49"),
                arguments(new ReadyForQuery(TransactionStatus.IN_TRANSACTION), "5a 00000005 54"),
                arguments(new ReadyForQuery(TransactionStatus.FAILED), "5a 00000005 45"),
                arguments(
                        new RowDescription(List.of(
                                new RowDescription.Field("a", 16384, 1, 23, 4, -1, 0),
                                new RowDescription.Field("ü", 0, 0, 25, -1, -1, 1))),
                        "54 0000002f 0002"
                                + "6100 00004000 0001 00000017 0004 ffffffff 0000"
                                + "c3bc00 00000000 0000 00000019 ffff ffffffff 0001"),
                arguments(
                        new DataRow(Arrays.asList(hex("3432"), null, new byte[0])),
                        "44 00000014 0003 00000002 3432 ffffffff 00000000"),
                arguments(new CommandComplete("SELECT 1"), "43 0000000d 53454c454354203100"),
                arguments(new ParameterDescription(new int[] {23, 25}), "74 0000000e 0002 00000017 00000019"),
                arguments(Mark.EMPTY_QUERY_RESPONSE, "49 00000004"),
                arguments(Mark.PARSE_COMPLETE, "31 00000004"),
                arguments(Mark.BIND_COMPLETE, "32 00000004"),
                arguments(Mark.CLOSE_COMPLETE, "33 00000004"),
                arguments(Mark.NO_DATA, "6e 00000004"),
                arguments(Mark.PORTAL_SUSPENDED, "73 00000004"),
                arguments(Mark.COPY_DONE, "63 00000004"),
                arguments(new CopyInResponse(2), "47 0000000b 00 0002 0000 0000"),
                arguments(new CopyOutResponse(1), "48 00000009 00 0001 0000"),
                arguments(new CopyData(hex("31090a")), "64 00000007 31090a"),
                arguments(new EncryptionAccepted(), "53"),
                arguments(new EncryptionRefused(), "4e"),
                arguments(new LegacyError("no\n"), "45 6e6f0a00"),
                arguments(
                        new NoticeResponse(Report.of(Severity.WARNING, SqlState.WARNING, "w")),
                        "4e 00000021 53 5741524e494e4700 56 5741524e494e4700 43 303130303000 4d 7700 00"));
    }

    @ParameterizedTest
    @MethodSource("messages")
    void isWrittenAsDocumented(BackendMessage message, String hex) {
        assertThat(BackendEncoder.encode(message)).isEqualTo(hex(hex));
    }

    @Test
    void everyKindOfMessageIsAmongTheExamples() {
        Set<Object> kinds = new HashSet<>(Arrays.asList(BackendMessage.class.getPermittedSubclasses()));
        kinds.remove(ErrorResponse.class); // has tests of its own
        assertThat(messages().map(example -> (Object) example.get()[0].getClass()))
                .containsAll(kinds);
        assertThat(messages().map(example -> example.get()[0])).contains((Object[]) Mark.values());
    }

    @Test
    void anErrorHasAllItsFieldsInOrder_CL22() {
        Report report = new Report(
                Severity.ERROR, SqlState.SYNTAX_ERROR, "message", "detail", "not told", "hint", "context", "select", 7);
        assertThat(fields(new ErrorResponse(report)))
                .isEqualTo("SERROR|VERROR|C42601|Mmessage|Ddetail|Hhint|P7|Wcontext||");
    }

    @Test
    void anErrorHasNoEmptyFields() {
        Report report = Report.of(Severity.FATAL, SqlState.ADMIN_SHUTDOWN, "bye");
        assertThat(fields(new ErrorResponse(report))).isEqualTo("SFATAL|VFATAL|C57P01|Mbye||");
    }

    @ParameterizedTest
    @EnumSource(Severity.class)
    void clientsKnowOneLevelOfDebug(Severity severity) {
        String expected = severity.name().startsWith("DEBUG") ? "DEBUG" : severity.name();
        assertThat(fields(new NoticeResponse(Report.of(severity, SqlState.WARNING, "m"))))
                .startsWith("S" + expected + "|V" + expected + "|");
    }

    @Test
    void aNulInATextDoesNotEndTheFieldEarly() {
        assertThat(fields(new ErrorResponse(Report.of(Severity.ERROR, SqlState.SYNTAX_ERROR, "at \0x"))))
                .endsWith("Mat x||");
    }

    @Test
    void anOldErrorIsAtMost1000BytesLong_CL40() {
        assertThat(BackendEncoder.encode(new LegacyError("x".repeat(998)))).hasSize(1000);
        byte[] cut = BackendEncoder.encode(new LegacyError("x".repeat(999)));
        assertThat(cut).hasSize(1000).endsWith('x', 0);
    }

    /** The fields behind type and length, a bar for each NUL. */
    private static String fields(BackendMessage message) {
        byte[] bytes = BackendEncoder.encode(message);
        return new String(bytes, 5, bytes.length - 5, US_ASCII).replace('\0', '|');
    }
}
