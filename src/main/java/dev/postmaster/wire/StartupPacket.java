package dev.postmaster.wire;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What a client says before it has a session: the only messages without a type byte (CL-12). */
public sealed interface StartupPacket {

    /**
     * "Give me a session."
     *
     * @param version as asked for, major always 3
     * @param user never empty, cut to 63 bytes (CL-20)
     * @param database the user's name if the client named none, empty for a {@link Replication#PHYSICAL} walsender
     * @param settings everything but user, database, replication and protocol options, in the order sent
     * @param unknownOptions names starting with {@code _pq_.}: protocol options, none of which we know
     */
    record Startup(
            ProtocolVersion version,
            String user,
            String database,
            Replication replication,
            Map<String, String> settings,
            List<String> unknownOptions)
            implements StartupPacket {
        public Startup {
            settings = Collections.unmodifiableMap(new LinkedHashMap<>(settings));
            unknownOptions = List.copyOf(unknownOptions);
        }

        /** Whether the client must be told what we do not know before anything else (CL-19). */
        public boolean needsNegotiation() {
            return version.isTooNew() || !unknownOptions.isEmpty();
        }
    }

    /** "Stop what session {@code pid} is doing"; never answered. */
    record Cancel(int pid, CancelKey key) implements StartupPacket {}

    /** "Shall we speak TLS?"; answered by one byte, then the next packet follows. */
    record SslRequest() implements StartupPacket {}

    /** "Shall we encrypt by GSSAPI?"; answered by one byte, then the next packet follows. */
    record GssRequest() implements StartupPacket {}
}
