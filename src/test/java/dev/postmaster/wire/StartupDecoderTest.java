package dev.postmaster.wire;

import static dev.postmaster.wire.Bytes.hex;
import static dev.postmaster.wire.Bytes.packet;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.InstanceOfAssertFactories.type;

import dev.postmaster.report.Severity;
import dev.postmaster.report.SqlState;
import dev.postmaster.wire.StartupPacket.Cancel;
import dev.postmaster.wire.StartupPacket.GssRequest;
import dev.postmaster.wire.StartupPacket.SslRequest;
import dev.postmaster.wire.StartupPacket.Startup;
import dev.postmaster.wire.StartupResult.Complete;
import dev.postmaster.wire.StartupResult.Malformed;
import dev.postmaster.wire.StartupResult.NeedMore;
import dev.postmaster.wire.StartupResult.Refused;
import java.nio.ByteBuffer;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class StartupDecoderTest {
    /** Recorded: {@code psql -h 127.0.0.1 -U alice -d shop}, psql 15.18. */
    private static final byte[] PSQL_SSL_REQUEST = hex("00000008 04d2162f");

    private static final byte[] PSQL_STARTUP = hex("00000038 00030000 7573657200 616c69636500 646174616261736500"
            + "73686f7000 6170706c69636174696f6e5f6e616d6500 7073716c00 00");

    private final StartupDecoder decoder = new StartupDecoder();

    @Test
    void readsWhatPsqlSends() {
        ByteBuffer stream = ByteBuffer.wrap(new Bytes()
                .raw(PSQL_SSL_REQUEST)
                .raw(PSQL_STARTUP)
                .raw(hex("51"))
                .toArray());

        assertThat(complete(decoder.feed(stream))).isEqualTo(new SslRequest());
        assertThat(decoder.feed(stream)).asInstanceOf(type(Complete.class)).satisfies(done -> {
            assertThat(done.raw()).isEqualTo(PSQL_STARTUP);
            assertThat(done.packet()).asInstanceOf(type(Startup.class)).satisfies(startup -> {
                assertThat(startup.version()).isEqualTo(new ProtocolVersion(3, 0));
                assertThat(startup.user()).isEqualTo("alice");
                assertThat(startup.database()).isEqualTo("shop");
                assertThat(startup.replication()).isEqualTo(Replication.NONE);
                assertThat(startup.settings()).containsExactly(java.util.Map.entry("application_name", "psql"));
                assertThat(startup.needsNegotiation()).isFalse();
            });
        });
        assertThat(stream.remaining())
                .as("the message behind the packet is not ours")
                .isEqualTo(1);
    }

    @Test
    void knowsTlsByItsFirstByte_LN3() {
        byte[] hello = hex("16030102 00010001");

        assertThat(decoder.feed(ByteBuffer.wrap(hello))).isInstanceOfSatisfying(StartupResult.DirectTls.class, tls -> {
            assertThat(tls.seen()).isEqualTo(hex("16030102"));
            assertThat(tls.otherwise().report().message()).isEqualTo("invalid length of startup packet");
        });
        decoder.encrypted();
        assertThat(complete(decoder.feed(ByteBuffer.wrap(PSQL_STARTUP)))).isInstanceOf(Startup.class);
    }

    @Test
    void tlsComesFirstOrWhenAskedFor() {
        decoder.feed(ByteBuffer.wrap(PSQL_SSL_REQUEST));

        assertThat(decoder.feed(ByteBuffer.wrap(hex("16030102")))).isInstanceOf(Malformed.class);
    }

    @Test
    void encryptionIsNotAskedForWithinEncryption_CL13() {
        decoder.feed(ByteBuffer.wrap(PSQL_SSL_REQUEST));
        decoder.encrypted();

        assertThat(decoder.feed(ByteBuffer.wrap(hex("00000008 04d21630")))).isInstanceOf(Refused.class);
    }

    @Test
    void saysHowManyBytesItNeedsSoThatAReaderNeverReadsPastThePacket() {
        int at = 0;
        int steps = 0;
        StartupResult result = decoder.feed(ByteBuffer.allocate(0));
        while (result instanceof NeedMore(int wanted)) {
            result = decoder.feed(ByteBuffer.wrap(PSQL_STARTUP, at, wanted));
            at += wanted;
            steps++;
        }
        assertThat(complete(result)).isInstanceOf(Startup.class);
        assertThat(at).isEqualTo(PSQL_STARTUP.length);
        assertThat(steps).isEqualTo(2);
    }

    @Test
    void doesNotCareHowTheBytesAreCut() {
        StartupResult result = new NeedMore(4);
        for (byte single : PSQL_STARTUP) {
            assertThat(result).isInstanceOf(NeedMore.class);
            result = decoder.feed(ByteBuffer.wrap(new byte[] {single}));
        }
        assertThat(complete(result)).isInstanceOf(Startup.class);
    }

    @Test
    void takesGssAfterSslAndSslAfterGss() {
        assertThat(complete(feed(hex("00000008 04d21630")))).isEqualTo(new GssRequest());
        assertThat(complete(feed(PSQL_SSL_REQUEST))).isEqualTo(new SslRequest());
        assertThat(complete(feed(PSQL_STARTUP))).isInstanceOf(Startup.class);
    }

    @Test
    void aRepeatedRequestIsAnUnsupportedProtocol_CL15() {
        feed(PSQL_SSL_REQUEST);
        assertRefused(
                feed(PSQL_SSL_REQUEST),
                SqlState.FEATURE_NOT_SUPPORTED,
                "unsupported frontend protocol 1234.5679: server supports 3.0 to 3.2");
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 4, 32, 256})
    void readsACancelRequestWithAKeyOfAnyAllowedLength_LN11(int keyLength) {
        byte[] key = new byte[keyLength];
        new Random(keyLength).nextBytes(key);
        StartupResult result =
                feed(packet(new Bytes().int32(80877102).int32(-4711).raw(key)));
        assertThat(complete(result)).isEqualTo(new Cancel(-4711, new CancelKey(key)));
    }

    @Test
    void aCancelRequestWithoutPidOrKeyIsMalformed_LN11() {
        assertMalformed(
                feed(packet(new Bytes().int32(80877102).raw(new byte[3]))), "invalid length of cancel request packet");
        assertMalformed(
                new StartupDecoder()
                        .feed(ByteBuffer.wrap(packet(new Bytes().int32(80877102).int32(1)))),
                "invalid length of cancel key in cancel request packet");
        assertMalformed(
                new StartupDecoder()
                        .feed(ByteBuffer.wrap(
                                packet(new Bytes().int32(80877102).int32(1).raw(new byte[257])))),
                "invalid length of cancel key in cancel request packet");
    }

    @ParameterizedTest
    @ValueSource(ints = {Integer.MIN_VALUE, -1, 0, 3, 4, 7, 10_005, Integer.MAX_VALUE})
    void anImpossibleLengthIsMalformedAtOnce_CL11(int length) {
        assertMalformed(feed(new Bytes().int32(length).toArray()), "invalid length of startup packet");
    }

    @ParameterizedTest
    @ValueSource(ints = {9_999, 10_000})
    void takesThePacketsUpToTheLimit_CL11(int bodyLength) {
        String value = "x".repeat(bodyLength - "user\0a\0n\0\0\0".length() - 4);
        byte[] longest = packet(new Bytes()
                .int32(196608)
                .string("user")
                .string("a")
                .string("n")
                .string(value)
                .int8(0));
        assertThat(longest).hasSize(bodyLength + 4);
        assertThat(complete(feed(longest)))
                .asInstanceOf(type(Startup.class))
                .satisfies(startup -> assertThat(startup.settings()).containsEntry("n", value));
    }

    @Test
    void anOldClientIsRefusedInTheOldForm_CL16() {
        StartupResult result = feed(packet(new Bytes().int32(2 << 16).raw(new byte[284])));
        assertRefused(
                result,
                SqlState.FEATURE_NOT_SUPPORTED,
                "unsupported frontend protocol 2.0: server supports 3.0 to 3.2");
        assertThat(BackendEncoder.encode(((Refused) result).answer()))
                .isEqualTo(new Bytes()
                        .int8('E')
                        .string("FATAL:  unsupported frontend protocol 2.0: server supports 3.0 to 3.2\n")
                        .toArray());
    }

    @Test
    void aClientOfTheFutureIsRefusedInTheNewForm_CL16() {
        StartupResult result = feed(packet(new Bytes().int32(4 << 16 | 1).int8(0)));
        assertRefused(
                result,
                SqlState.FEATURE_NOT_SUPPORTED,
                "unsupported frontend protocol 4.1: server supports 3.0 to 3.2");
        assertThat(((Refused) result).answer()).isInstanceOf(BackendMessage.ErrorResponse.class);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "00000009 00030000 75", // no end of a name
                "0000000d 00030000 7573657200", // a name without a value
                "0000000f 00030000 7573657200 6100", // no terminator
                "00000011 00030000 7573657200 6100 00 00", // more than one terminator
                "00000008 00030000" // nothing at all
            })
    void aPacketThatDoesNotEndInOneTerminatorIsRefused_CL17(String packet) {
        assertRefused(
                feed(hex(packet)),
                SqlState.PROTOCOL_VIOLATION,
                "invalid startup packet layout: expected terminator as last byte");
    }

    @ParameterizedTest
    @ValueSource(strings = {"true", "T", "yes", "y", "on", "1"})
    void aTrueReplicationIsAWalsenderWithoutDatabase_CL18_CL20(String value) {
        Startup startup = startup(parameters("user", "a", "database", "d", "replication", value));
        assertThat(startup.replication()).isEqualTo(Replication.PHYSICAL);
        assertThat(startup.database()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"false", "FA", "no", "off", "of", "0"})
    void aFalseReplicationIsAnOrdinarySession_CL18(String value) {
        assertThat(startup(parameters("user", "a", "replication", value)).replication())
                .isEqualTo(Replication.NONE);
    }

    @Test
    void replicationDatabaseIsAWalsenderWithDatabase_CL18() {
        Startup startup = startup(parameters("user", "a", "replication", "database"));
        assertThat(startup.replication()).isEqualTo(Replication.LOGICAL);
        assertThat(startup.database()).isEqualTo("a");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "o", "2", "maybe"})
    void anyOtherReplicationIsRefused_CL18(String value) {
        StartupResult result = feed(packet(parameters("user", "a", "replication", value)));
        assertRefused(
                result,
                SqlState.INVALID_PARAMETER_VALUE,
                "invalid value for parameter \"replication\": \"" + value + "\"");
        assertThat(((Refused) result).report().hint())
                .isEqualTo("Valid values are: \"false\", 0, \"true\", 1, \"database\".");
    }

    @Test
    void protocolOptionsAreNoSettingsAndMustBeNegotiated_CL18_CL19() {
        Startup startup = startup(parameters("_pq_.compression", "lz4", "user", "a", "datestyle", "ISO", "_pq_.x", ""));
        assertThat(startup.unknownOptions()).containsExactly("_pq_.compression", "_pq_.x");
        assertThat(startup.settings()).containsOnlyKeys("datestyle");
        assertThat(startup.needsNegotiation()).isTrue();
    }

    @Test
    void speaksTheNewestMinorVersionItKnows_LN11() {
        Startup newer = (Startup) complete(feed(packet(
                new Bytes().int32(3 << 16 | 9999).string("user").string("a").int8(0))));
        assertThat(newer.needsNegotiation()).isTrue();
        assertThat(newer.version().spoken()).isEqualTo(ProtocolVersion.NEWEST);
    }

    @Test
    void withoutAUserThereIsNoSession_CL20() {
        String message = "no PostgreSQL user name specified in startup packet";
        assertRefused(feed(packet(parameters("database", "d"))), SqlState.INVALID_AUTHORIZATION_SPECIFICATION, message);
        assertRefused(
                new StartupDecoder().feed(ByteBuffer.wrap(packet(parameters("user", "")))),
                SqlState.INVALID_AUTHORIZATION_SPECIFICATION,
                message);
    }

    @Test
    void theDatabaseIsTheUsersNameByDefault_CL20() {
        assertThat(startup(parameters("user", "alice", "database", "")).database())
                .isEqualTo("alice");
    }

    @Test
    void namesAreCutTo63BytesBetweenCharacters_CL20() {
        assertThat(startup(parameters("user", "x".repeat(64))).user()).isEqualTo("x".repeat(63));
        assertThat(startup(parameters("user", "ü".repeat(32))).user()).isEqualTo("ü".repeat(31));
    }

    @Test
    void hangingUpIsNoticedOnlyInsideAPacket_CL10() {
        assertThat(decoder.endOfStream()).as("a probe that says nothing").isEmpty();
        feed(hex("00"));
        assertThat(decoder.endOfStream())
                .hasValueSatisfying(report -> assertThat(report.message()).isEqualTo("incomplete startup packet"));
        feed(hex("0000 38 0003"));
        assertThat(decoder.endOfStream()).isPresent();
    }

    @Test
    void aClientThatLeavesAfterItsSslRequestIsNoNews_CL10() {
        feed(PSQL_SSL_REQUEST);
        feed(hex("0000"));
        assertThat(decoder.endOfStream()).isEmpty();
        feed(hex("0038 00"));
        assertThat(decoder.endOfStream()).as("but a torn packet is").isPresent();
    }

    @Test
    void staysCalmWhateverItIsFed() {
        long seed = System.nanoTime();
        Random random = new Random(seed);
        for (int round = 0; round < 20_000; round++) {
            byte[] packet = random.nextInt(3) == 0 ? PSQL_STARTUP.clone() : new byte[8 + random.nextInt(60)];
            if (packet.length != PSQL_STARTUP.length) {
                random.nextBytes(packet);
                ByteBuffer.wrap(packet).putInt(packet.length + random.nextInt(3) - 1);
            }
            for (int i = random.nextInt(4); i > 0; i--) {
                packet[4 + random.nextInt(packet.length - 4)] = (byte) random.nextInt();
            }
            ByteBuffer stream = ByteBuffer.wrap(packet);
            StartupResult result = new StartupDecoder().feed(stream);
            if (result instanceof Complete(StartupPacket what, byte[] raw)) {
                assertThat(raw).as("seed %d, round %d: %s", seed, round, what).hasSize(stream.position());
            }
        }
    }

    private StartupResult feed(byte[] bytes) {
        return decoder.feed(ByteBuffer.wrap(bytes));
    }

    private Startup startup(Bytes body) {
        return (Startup) complete(feed(packet(body)));
    }

    private static Bytes parameters(String... namesAndValues) {
        Bytes body = new Bytes().int32(196608);
        for (String text : namesAndValues) {
            body.string(text);
        }
        return body.int8(0);
    }

    private static StartupPacket complete(StartupResult result) {
        assertThat(result).isInstanceOf(Complete.class);
        return ((Complete) result).packet();
    }

    private static void assertMalformed(StartupResult result, String message) {
        assertThat(result).asInstanceOf(type(Malformed.class)).satisfies(malformed -> {
            assertThat(malformed.report().severity()).isEqualTo(Severity.LOG);
            assertThat(malformed.report().sqlState()).isEqualTo(SqlState.PROTOCOL_VIOLATION);
            assertThat(malformed.report().message()).isEqualTo(message);
        });
    }

    private static void assertRefused(StartupResult result, SqlState sqlState, String message) {
        assertThat(result).asInstanceOf(type(Refused.class)).satisfies(refused -> {
            assertThat(refused.report().severity()).isEqualTo(Severity.FATAL);
            assertThat(refused.report().sqlState()).isEqualTo(sqlState);
            assertThat(refused.report().message()).isEqualTo(message);
        });
    }
}
