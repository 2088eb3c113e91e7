package dev.postmaster.wire;

import static dev.postmaster.wire.Bytes.hex;
import static dev.postmaster.wire.Bytes.message;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.InstanceOfAssertFactories.type;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import dev.postmaster.report.Report;
import dev.postmaster.report.Severity;
import dev.postmaster.report.SqlState;
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
import dev.postmaster.wire.FrontendMessage.Target;
import dev.postmaster.wire.FrontendMessage.Terminate;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Random;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class FrontendDecoderTest {
    /** Written out by hand from "Message Formats"; the Query is recorded from psql 15.18. */
    static Stream<Arguments> messages() {
        return Stream.of(
                arguments("51 00000014 73656c656374202767 72c3bcc39f2700", new Query("select 'grüß'")),
                arguments("50 00000013 7300 246100 0002 00000017 00000000", new Parse("s", "$a", new int[] {23, 0})),
                arguments(
                        "42 00000021 7000 7300 0002 0000 0001 0003 00000001 35 ffffffff 00000000 0001 0001",
                        new Bind("p", "s", new int[] {0, 1}, Arrays.asList(hex("35"), null, hex("")), new int[] {1})),
                arguments("44 00000007 53 7300", new Describe(Target.STATEMENT, "s")),
                arguments("44 00000006 50 00", new Describe(Target.PORTAL, "")),
                arguments("45 0000000a 7000 00000064", new Execute("p", 100)),
                arguments("43 00000007 50 7000", new Close(Target.PORTAL, "p")),
                arguments("48 00000004", new Flush()),
                arguments("53 00000004", new Sync()),
                arguments("46 0000000e 00000539 0000 0000 0000", new FunctionCall(1337)),
                arguments("64 00000006 610a", new CopyData(hex("610a"))),
                arguments("63 00000004", new CopyDone()),
                arguments("66 00000007 6e6f00", new CopyFail("no")),
                arguments("70 00000008 6d643500", new PasswordMessage(hex("6d643500"))),
                arguments("58 00000004", new Terminate()));
    }

    @ParameterizedTest
    @MethodSource("messages")
    void readsWhatIsDocumented(String hex, FrontendMessage expected) throws IOException {
        assertThat(decoder(hex(hex)).next()).usingRecursiveComparison().isEqualTo(expected);
    }

    @Test
    void everyKindOfMessageIsAmongTheExamples() {
        Set<Class<?>> kinds = new HashSet<>(Arrays.asList(FrontendMessage.class.getPermittedSubclasses()));
        kinds.removeAll(Set.of(Malformed.class, EndOfInput.class)); // not sent by anybody
        assertThat(messages().map(example -> (Object) example.get()[1].getClass()))
                .containsAll(kinds);
    }

    @Test
    void readsMessagesThatCameTogether() throws IOException {
        FrontendDecoder decoder = decoder(hex("53 00000004 53 00000004 58 00000004"));
        assertThat(decoder.next()).isEqualTo(new Sync());
        assertThat(decoder.next()).isEqualTo(new Sync());
        assertThat(decoder.next()).isEqualTo(new Terminate());
        assertThat(decoder.next()).isEqualTo(new EndOfInput(null));
    }

    @ParameterizedTest
    @ValueSource(ints = {8186, 8187, 8188, 16_380, 65_535, 65_536, 65_537, 200_000})
    void readsMessagesAcrossItsBuffersHoweverTheyArrive(int length) throws IOException {
        String sql = "x".repeat(length);
        byte[] query = message('Q', new Bytes().string(sql));
        byte[] sync = message('S', new Bytes());
        byte[] all = new Bytes().raw(query).raw(sync).toArray();
        int cut = new Random(length).nextInt(all.length);
        FrontendDecoder decoder = new FrontendDecoder(
                new SequenceInputStream(
                        new ByteArrayInputStream(all, 0, cut), new ByteArrayInputStream(all, cut, all.length - cut)),
                FrontendParser.LARGE_LIMIT);
        assertThat(decoder.next()).isEqualTo(new Query(sql));
        assertThat(decoder.next()).isEqualTo(new Sync());
    }

    @Test
    void aMessageWithoutRoomIsSkippedAndTheNextOneFound() throws IOException {
        byte[] bytes = new Bytes()
                .raw(message('Q', new Bytes().string("x".repeat(20_000))))
                .raw(message('Q', new Bytes().string("select 1")))
                .toArray();
        FrontendDecoder decoder = new FrontendDecoder(new ByteArrayInputStream(bytes), 20_000);
        Report refusal = Report.of(Severity.ERROR, SqlState.OUT_OF_MEMORY, "out of memory")
                .withDetail("Failed on request of size 20001.");
        assertThat(decoder.next()).isEqualTo(new Malformed(false, refusal));
        assertThat(decoder.next()).isEqualTo(new Query("select 1"));
    }

    @ParameterizedTest
    @ValueSource(chars = {'q', '\0', 'R', 'é'})
    void anUnknownTypeIsFatal(char type) throws IOException {
        assertThat(decoder(new Bytes().int8(type).int32(4).toArray()).next())
                .asInstanceOf(type(Malformed.class))
                .satisfies(malformed -> {
                    assertThat(malformed.report().severity()).isEqualTo(Severity.FATAL);
                    assertThat(malformed.report().sqlState()).isEqualTo(SqlState.PROTOCOL_VIOLATION);
                    assertThat(malformed.report().message())
                            .isEqualTo("invalid frontend message type " + (type & 0xff));
                });
    }

    @ParameterizedTest
    @ValueSource(ints = {3, 0, -1, Integer.MIN_VALUE, 10_005})
    void anImpossibleLengthEndsTheStream(int length) throws IOException {
        assertBrokenOff(new Bytes().int8('S').int32(length).toArray(), "invalid message length");
    }

    @Test
    void theLimitOfAMessageIsThatOfItsType() throws IOException {
        assertBrokenOff(
                new Bytes().int8('Q').int32(FrontendParser.LARGE_LIMIT + 5).toArray(), "invalid message length");
        assertThat(decoder(message('f', new Bytes().string("x".repeat(9_999)))).next())
                .isEqualTo(new CopyFail("x".repeat(9_999)));
        assertBrokenOff(message('f', new Bytes().string("x".repeat(10_000))), "invalid message length");
    }

    @Test
    void anAnnouncedLengthIsNotBelieved() throws IOException {
        assertBrokenOff(
                new Bytes()
                        .int8('Q')
                        .int32(FrontendParser.LARGE_LIMIT + 4)
                        .raw(new byte[100_000])
                        .toArray(),
                "incomplete message from client");
    }

    @Test
    void hangingUpInsideAMessageIsAProblem() throws IOException {
        assertBrokenOff(hex("51"), "unexpected EOF within message length word");
        assertBrokenOff(hex("51 000000"), "unexpected EOF within message length word");
        assertBrokenOff(hex("51 00000006 61"), "incomplete message from client");
    }

    static Stream<Arguments> wrongBodies() {
        return Stream.of(
                arguments(message('Q', new Bytes().raw(hex("61"))), false, "invalid string in message"),
                arguments(message('Q', new Bytes().string("a").int8(0)), false, "invalid message format"),
                arguments(message('S', new Bytes().int8(0)), false, "invalid message format"),
                arguments(
                        message('P', new Bytes().string("").string("").int16(2).int32(23)),
                        true,
                        "insufficient data left in message"),
                arguments(
                        message(
                                'B',
                                new Bytes()
                                        .string("")
                                        .string("")
                                        .int16(0)
                                        .int16(1)
                                        .int32(9)
                                        .int8(0)),
                        true,
                        "insufficient data left in message"),
                arguments(
                        message(
                                'B',
                                new Bytes()
                                        .string("")
                                        .string("")
                                        .int16(0)
                                        .int16(1)
                                        .int32(-2)),
                        true,
                        "insufficient data left in message"),
                arguments(message('E', new Bytes().string("").int16(0)), true, "insufficient data left in message"),
                arguments(message('D', new Bytes().int8('X').string("")), true, "invalid DESCRIBE message subtype 88"),
                arguments(message('C', new Bytes().int8('X').string("")), true, "invalid CLOSE message subtype 88"));
    }

    @ParameterizedTest
    @MethodSource("wrongBodies")
    void aWrongBodyIsAnErrorAndTheNextMessageIsFound(byte[] wrong, boolean extended, String message)
            throws IOException {
        FrontendDecoder decoder =
                decoder(new Bytes().raw(wrong).raw(hex("58 00000004")).toArray());
        assertThat(decoder.next()).asInstanceOf(type(Malformed.class)).satisfies(malformed -> {
            assertThat(malformed.extended()).isEqualTo(extended);
            assertThat(malformed.report().severity()).isEqualTo(Severity.ERROR);
            assertThat(malformed.report().sqlState()).isEqualTo(SqlState.PROTOCOL_VIOLATION);
            assertThat(malformed.report().message()).isEqualTo(message);
        });
        assertThat(decoder.next()).isEqualTo(new Terminate());
    }

    @Test
    void textThatIsNoUtf8IsRefusedNotReplaced() throws IOException {
        assertThat(decoder(hex("51 00000007 61ff00")).next())
                .asInstanceOf(type(Malformed.class))
                .satisfies(malformed ->
                        assertThat(malformed.report().sqlState()).isEqualTo(SqlState.CHARACTER_NOT_IN_REPERTOIRE));
        assertThat(decoder(message('Q', new Bytes().string("\ufffd"))).next())
                .as("the replacement character itself is good")
                .isEqualTo(new Query("\ufffd"));
    }

    @Test
    void aPasswordIsNeverPrinted() {
        assertThat(new PasswordMessage("secret".getBytes(UTF_8))).hasToString("PasswordMessage[6 bytes]");
    }

    @Test
    void everyMessageEndsTheSameWayForWhateverBytes() throws IOException {
        long seed = System.nanoTime();
        Random random = new Random(seed);
        for (int round = 0; round < 20_000; round++) {
            Bytes stream = new Bytes();
            for (int i = random.nextInt(4); i >= 0; i--) {
                byte[] body = new byte[random.nextInt(24)];
                random.nextBytes(body);
                stream.raw(message("QPBDECHSFdcfpX".charAt(random.nextInt(14)), new Bytes().raw(body)));
            }
            byte[] bytes = stream.toArray();
            FrontendDecoder decoder = decoder(Arrays.copyOf(bytes, random.nextInt(bytes.length + 1)));
            int messages = 0;
            while (!(decoder.next() instanceof EndOfInput)) {
                assertThat(++messages).as("seed %d, round %d", seed, round).isLessThan(5);
            }
        }
    }

    private static FrontendDecoder decoder(byte[] bytes) {
        InputStream stream = new ByteArrayInputStream(bytes);
        return new FrontendDecoder(stream, FrontendParser.LARGE_LIMIT);
    }

    private static void assertBrokenOff(byte[] bytes, String message) throws IOException {
        assertThat(decoder(bytes).next())
                .isEqualTo(new EndOfInput(Report.of(Severity.LOG, SqlState.PROTOCOL_VIOLATION, message)));
    }
}
