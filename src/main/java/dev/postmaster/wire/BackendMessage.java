package dev.postmaster.wire;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.postmaster.report.Report;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a server says to its client. Every message writes its own bytes: a pattern switch over them would cost each new
 * process several milliseconds before its first answer.
 */
@SuppressWarnings("ArrayRecordComponent") // bytes pass through once; no message is compared or changed
public sealed interface BackendMessage {

    /** Appends the message. */
    void writeTo(WireBuffer out);

    /** The messages that are no more than their type. */
    enum Mark implements BackendMessage {
        EMPTY_QUERY_RESPONSE('I'),
        PARSE_COMPLETE('1'),
        BIND_COMPLETE('2'),
        CLOSE_COMPLETE('3'),
        NO_DATA('n'),
        PORTAL_SUSPENDED('s'),
        COPY_DONE('c');

        private final char type;

        Mark(char type) {
            this.type = type;
        }

        @Override
        public void writeTo(WireBuffer out) {
            out.end(out.begin(type));
        }
    }

    record AuthenticationOk() implements BackendMessage {
        @Override
        public void writeTo(WireBuffer out) {
            int start = out.begin('R');
            out.int32(0);
            out.end(start);
        }
    }

    /** Asks for a password by one of these mechanisms, the best first (RFC 4422). */
    record AuthenticationSasl(List<String> mechanisms) implements BackendMessage {
        private static final int CODE = 10;

        @Override
        public void writeTo(WireBuffer out) {
            int start = out.begin('R');
            out.int32(CODE);
            mechanisms.forEach(out::string);
            out.int8(0);
            out.end(start);
        }
    }

    /** A challenge, to be answered. */
    record AuthenticationSaslContinue(String challenge) implements BackendMessage {
        private static final int CODE = 11;

        @Override
        public void writeTo(WireBuffer out) {
            int start = out.begin('R');
            out.int32(CODE);
            out.bytes(challenge.getBytes(UTF_8));
            out.end(start);
        }
    }

    /** The last word of a server that is satisfied, by which it proves itself. */
    record AuthenticationSaslFinal(String outcome) implements BackendMessage {
        private static final int CODE = 12;

        @Override
        public void writeTo(WireBuffer out) {
            int start = out.begin('R');
            out.int32(CODE);
            out.bytes(outcome.getBytes(UTF_8));
            out.end(start);
        }
    }

    record ParameterStatus(String name, String value) implements BackendMessage {
        @Override
        public void writeTo(WireBuffer out) {
            int start = out.begin('S');
            out.string(name);
            out.string(value);
            out.end(start);
        }
    }

    /** The process a cancel request must name, and the key it must show (CL-36). */
    record BackendKeyData(int pid, CancelKey key) implements BackendMessage {
        @Override
        public void writeTo(WireBuffer out) {
            int start = out.begin('K');
            out.int32(pid);
            out.bytes(key.bytes());
            out.end(start);
        }
    }

    /** Says which protocol will be spoken and which options are ignored (CL-19). */
    record NegotiateProtocolVersion(ProtocolVersion version, List<String> unknownOptions) implements BackendMessage {
        @Override
        public void writeTo(WireBuffer out) {
            int start = out.begin('v');
            out.int32(version.code());
            out.int32(unknownOptions.size());
            for (String option : unknownOptions) {
                out.string(option);
            }
            out.end(start);
        }
    }

    record ReadyForQuery(TransactionStatus status) implements BackendMessage {
        @Override
        public void writeTo(WireBuffer out) {
            int start = out.begin('Z');
            out.int8(status.code());
            out.end(start);
        }
    }

    record RowDescription(List<Field> fields) implements BackendMessage {
        /**
         * One column.
         *
         * @param tableOid 0 if the column is not a table's
         * @param attributeNumber 0 if the column is not a table's
         * @param typeSize bytes, negative for types of variable length
         * @param typeModifier -1 if the type has none
         * @param format 0 text, 1 binary
         */
        public record Field(
                String name,
                int tableOid,
                int attributeNumber,
                int typeOid,
                int typeSize,
                int typeModifier,
                int format) {}

        @Override
        public void writeTo(WireBuffer out) {
            int start = out.begin('T');
            out.int16(fields.size());
            for (Field field : fields) {
                out.string(field.name);
                out.int32(field.tableOid);
                out.int16(field.attributeNumber);
                out.int32(field.typeOid);
                out.int16(field.typeSize);
                out.int32(field.typeModifier);
                out.int16(field.format);
            }
            out.end(start);
        }
    }

    /** One row; null stands for SQL's NULL. */
    record DataRow(List<byte @Nullable []> values) implements BackendMessage {
        @Override
        public void writeTo(WireBuffer out) {
            int start = out.begin('D');
            out.int16(values.size());
            for (byte[] value : values) {
                if (value == null) {
                    out.int32(-1);
                } else {
                    out.int32(value.length);
                    out.bytes(value);
                }
            }
            out.end(start);
        }
    }

    /** The client may send the lines of COPY FROM STDIN: text, of so many columns. */
    record CopyInResponse(int columns) implements BackendMessage {
        @Override
        public void writeTo(WireBuffer out) {
            int start = out.begin('G');
            textColumns(columns, out);
            out.end(start);
        }
    }

    /** The lines of COPY TO STDOUT follow: text, of so many columns. */
    record CopyOutResponse(int columns) implements BackendMessage {
        @Override
        public void writeTo(WireBuffer out) {
            int start = out.begin('H');
            textColumns(columns, out);
            out.end(start);
        }
    }

    private static void textColumns(int columns, WireBuffer out) {
        out.int8(0);
        out.int16(columns);
        for (int i = 0; i < columns; i++) {
            out.int16(0);
        }
    }

    /** A piece of what is copied. */
    record CopyData(byte[] data) implements BackendMessage {
        @Override
        public void writeTo(WireBuffer out) {
            int start = out.begin('d');
            out.bytes(data);
            out.end(start);
        }
    }

    record CommandComplete(String tag) implements BackendMessage {
        @Override
        public void writeTo(WireBuffer out) {
            int start = out.begin('C');
            out.string(tag);
            out.end(start);
        }
    }

    record ParameterDescription(int[] typeOids) implements BackendMessage {
        @Override
        public void writeTo(WireBuffer out) {
            int start = out.begin('t');
            out.int16(typeOids.length);
            for (int oid : typeOids) {
                out.int32(oid);
            }
            out.end(start);
        }
    }

    /** The statement, or the session if the severity is FATAL, has ended in an error. */
    record ErrorResponse(Report report) implements BackendMessage {
        @Override
        public void writeTo(WireBuffer out) {
            int start = out.begin('E');
            ReportFields.write(report, out);
            out.end(start);
        }
    }

    /** A warning or a remark. */
    record NoticeResponse(Report report) implements BackendMessage {
        @Override
        public void writeTo(WireBuffer out) {
            int start = out.begin('N');
            ReportFields.write(report, out);
            out.end(start);
        }
    }

    /** The answer to an SSLRequest or GSSENCRequest: one bare byte (CL-13). */
    record EncryptionRefused() implements BackendMessage {
        @Override
        public void writeTo(WireBuffer out) {
            out.int8('N');
        }
    }

    /** The answer to an SSLRequest that TLS follows: one bare byte (CL-13). */
    record EncryptionAccepted() implements BackendMessage {
        @Override
        public void writeTo(WireBuffer out) {
            out.int8('S');
        }
    }

    /** The error form of protocol 2, a text without a length, for clients that know no other (CL-16, CL-40). */
    record LegacyError(String text) implements BackendMessage {
        /** So long the whole message may be (CL-40). */
        private static final int MAX_LENGTH = 1000;

        @Override
        public void writeTo(WireBuffer out) {
            byte[] bytes = text.getBytes(UTF_8);
            out.int8('E');
            out.bytes(bytes.length > MAX_LENGTH - 2 ? Arrays.copyOf(bytes, MAX_LENGTH - 2) : bytes);
            out.int8(0);
        }
    }
}
