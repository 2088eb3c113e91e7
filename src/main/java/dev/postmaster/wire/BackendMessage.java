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

    /** The byte a message begins with. */
    char type();

    /** Appends what stands behind the length word. */
    void writeBody(WireBuffer out);

    /** Appends the whole message: type byte, a length word that counts itself and the body, body. */
    default void writeTo(WireBuffer out) {
        out.int8(type());
        int length = out.beginLength();
        writeBody(out);
        out.endLength(length);
    }

    /** A message that is its type byte. */
    sealed interface Bodiless extends BackendMessage {
        @Override
        default void writeBody(WireBuffer out) {}
    }

    record AuthenticationOk() implements BackendMessage {
        @Override
        public char type() {
            return 'R';
        }

        @Override
        public void writeBody(WireBuffer out) {
            out.int32(0);
        }
    }

    record ParameterStatus(String name, String value) implements BackendMessage {
        @Override
        public char type() {
            return 'S';
        }

        @Override
        public void writeBody(WireBuffer out) {
            out.string(name);
            out.string(value);
        }
    }

    /** The process a cancel request must name, and the key it must show (CL-36). */
    record BackendKeyData(int pid, CancelKey key) implements BackendMessage {
        @Override
        public char type() {
            return 'K';
        }

        @Override
        public void writeBody(WireBuffer out) {
            out.int32(pid);
            out.bytes(key.bytes());
        }
    }

    /** Says which protocol will be spoken and which options are ignored (CL-19). */
    record NegotiateProtocolVersion(ProtocolVersion version, List<String> unknownOptions) implements BackendMessage {
        @Override
        public char type() {
            return 'v';
        }

        @Override
        public void writeBody(WireBuffer out) {
            out.int32(version.code());
            out.int32(unknownOptions.size());
            for (String option : unknownOptions) {
                out.string(option);
            }
        }
    }

    record ReadyForQuery(TransactionStatus status) implements BackendMessage {
        @Override
        public char type() {
            return 'Z';
        }

        @Override
        public void writeBody(WireBuffer out) {
            out.int8(status.code());
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
        public char type() {
            return 'T';
        }

        @Override
        public void writeBody(WireBuffer out) {
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
        }
    }

    /** One row; null stands for SQL's NULL. */
    record DataRow(List<byte @Nullable []> values) implements BackendMessage {
        @Override
        public char type() {
            return 'D';
        }

        @Override
        public void writeBody(WireBuffer out) {
            out.int16(values.size());
            for (byte[] value : values) {
                if (value == null) {
                    out.int32(-1);
                } else {
                    out.int32(value.length);
                    out.bytes(value);
                }
            }
        }
    }

    record CommandComplete(String tag) implements BackendMessage {
        @Override
        public char type() {
            return 'C';
        }

        @Override
        public void writeBody(WireBuffer out) {
            out.string(tag);
        }
    }

    record ParameterDescription(int[] typeOids) implements BackendMessage {
        @Override
        public char type() {
            return 't';
        }

        @Override
        public void writeBody(WireBuffer out) {
            out.int16(typeOids.length);
            for (int oid : typeOids) {
                out.int32(oid);
            }
        }
    }

    /** The statement, or the session if the severity is FATAL, has ended in an error. */
    record ErrorResponse(Report report) implements BackendMessage {
        @Override
        public char type() {
            return 'E';
        }

        @Override
        public void writeBody(WireBuffer out) {
            ReportFields.write(report, out);
        }
    }

    /** A warning or a remark. */
    record NoticeResponse(Report report) implements BackendMessage {
        @Override
        public char type() {
            return 'N';
        }

        @Override
        public void writeBody(WireBuffer out) {
            ReportFields.write(report, out);
        }
    }

    /** "Send the data of COPY FROM STDIN", or "here comes the data of COPY TO STDOUT"; always in text form. */
    record CopyResponse(Direction direction, int columns) implements BackendMessage {
        /** Which way the data flows. */
        public enum Direction {
            IN('G'),
            OUT('H');

            private final char type;

            Direction(char type) {
                this.type = type;
            }
        }

        @Override
        public char type() {
            return direction.type;
        }

        @Override
        public void writeBody(WireBuffer out) {
            out.int8(0);
            out.int16(columns);
            for (int i = 0; i < columns; i++) {
                out.int16(0);
            }
        }
    }

    record CopyData(byte[] data) implements BackendMessage {
        @Override
        public char type() {
            return 'd';
        }

        @Override
        public void writeBody(WireBuffer out) {
            out.bytes(data);
        }
    }

    record CopyDone() implements Bodiless {
        @Override
        public char type() {
            return 'c';
        }
    }

    record EmptyQueryResponse() implements Bodiless {
        @Override
        public char type() {
            return 'I';
        }
    }

    record ParseComplete() implements Bodiless {
        @Override
        public char type() {
            return '1';
        }
    }

    record BindComplete() implements Bodiless {
        @Override
        public char type() {
            return '2';
        }
    }

    record CloseComplete() implements Bodiless {
        @Override
        public char type() {
            return '3';
        }
    }

    record NoData() implements Bodiless {
        @Override
        public char type() {
            return 'n';
        }
    }

    record PortalSuspended() implements Bodiless {
        @Override
        public char type() {
            return 's';
        }
    }

    /** The answer to an SSLRequest or GSSENCRequest: one bare byte (CL-13). */
    record EncryptionRefused() implements Bodiless {
        @Override
        public char type() {
            return 'N';
        }

        @Override
        public void writeTo(WireBuffer out) {
            out.int8(type());
        }
    }

    /** The error form of protocol 2, a text without a length, for clients that know no other (CL-16, CL-40). */
    record LegacyError(String text) implements BackendMessage {
        /** So long the whole message may be (CL-40). */
        private static final int MAX_LENGTH = 1000;

        @Override
        public char type() {
            return 'E';
        }

        @Override
        public void writeBody(WireBuffer out) {
            byte[] bytes = text.getBytes(UTF_8);
            out.bytes(bytes.length > MAX_LENGTH - 2 ? Arrays.copyOf(bytes, MAX_LENGTH - 2) : bytes);
            out.int8(0);
        }

        @Override
        public void writeTo(WireBuffer out) {
            out.int8(type());
            writeBody(out);
        }
    }
}
