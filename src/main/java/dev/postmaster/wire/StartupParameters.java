package dev.postmaster.wire;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.postmaster.report.Report;
import dev.postmaster.report.Severity;
import dev.postmaster.report.SqlState;
import dev.postmaster.wire.StartupResult.Complete;
import dev.postmaster.wire.StartupResult.Refused;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads the name and value strings of one startup packet of protocol 3 (CL-17, CL-18, CL-20). */
final class StartupParameters {
    private static final String PROTOCOL_OPTION = "_pq_.";
    private static final int MAX_NAME_BYTES = 63;

    private final ProtocolVersion version;
    private final Map<String, String> settings = new LinkedHashMap<>();
    private final List<String> unknownOptions = new ArrayList<>();
    private String user = "";
    private String database = "";
    private @Nullable Replication replication = Replication.NONE;
    private String replicationText = "";

    StartupParameters(ProtocolVersion version) {
        this.version = version;
    }

    StartupResult read(byte[] raw, int start) {
        int at = start;
        while (at < raw.length && raw[at] != 0) {
            int value = endOfString(raw, at) + 1;
            if (value >= raw.length) {
                break;
            }
            int end = endOfString(raw, value);
            take(new String(raw, at, value - 1 - at, UTF_8), new String(raw, value, end - value, UTF_8));
            at = end + 1;
        }
        return at == raw.length - 1 && raw[at] == 0 ? result(raw) : badLayout();
    }

    private static int endOfString(byte[] raw, int from) {
        int at = from;
        while (at < raw.length && raw[at] != 0) {
            at++;
        }
        return at;
    }

    private void take(String name, String value) {
        switch (name) {
            case "user" -> user = cut(value);
            case "database" -> database = cut(value);
            case "replication" -> {
                replication = BooleanText.parse(value)
                        .map(on -> on ? Replication.PHYSICAL : Replication.NONE)
                        .orElse(value.equals("database") ? Replication.LOGICAL : null);
                replicationText = value;
            }
            default -> {
                if (name.startsWith(PROTOCOL_OPTION)) {
                    unknownOptions.add(name);
                } else {
                    settings.put(name, value);
                }
            }
        }
    }

    private StartupResult result(byte[] raw) {
        Replication asked = replication;
        if (asked == null) {
            return badReplication();
        }
        if (user.isEmpty()) {
            return refused(fatal(
                    SqlState.INVALID_AUTHORIZATION_SPECIFICATION,
                    "no PostgreSQL user name specified in startup packet"));
        }
        String opened = asked == Replication.PHYSICAL ? "" : database.isEmpty() ? user : database;
        return new Complete(new StartupPacket.Startup(version, user, opened, asked, settings, unknownOptions), raw);
    }

    private static Refused badLayout() {
        return refused(
                fatal(SqlState.PROTOCOL_VIOLATION, "invalid startup packet layout: expected terminator as last byte"));
    }

    private Refused badReplication() {
        String message = "invalid value for parameter \"replication\": \"" + replicationText + "\"";
        return refused(fatal(SqlState.INVALID_PARAMETER_VALUE, message)
                .withHint("Valid values are: \"false\", 0, \"true\", 1, \"database\"."));
    }

    private static Report fatal(SqlState sqlState, String message) {
        return Report.of(Severity.FATAL, sqlState, message);
    }

    private static Refused refused(Report report) {
        return new Refused(report, new BackendMessage.ErrorResponse(report));
    }

    /** Cuts a name to the length names have, between two characters. */
    private static String cut(String name) {
        byte[] bytes = name.getBytes(UTF_8);
        if (bytes.length <= MAX_NAME_BYTES) {
            return name;
        }
        int end = MAX_NAME_BYTES;
        while ((bytes[end] & 0xc0) == 0x80) {
            end--;
        }
        return new String(bytes, 0, end, UTF_8);
    }
}
