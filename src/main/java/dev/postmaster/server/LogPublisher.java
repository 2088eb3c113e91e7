package dev.postmaster.server;

import dev.postmaster.core.ChildKind;
import dev.postmaster.logpipe.DroppedRecords;
import jakarta.json.Json;
import jakarta.json.JsonNumber;
import jakarta.json.JsonObject;
import jakarta.json.JsonReader;
import jakarta.json.JsonString;
import jakarta.json.JsonValue;
import java.io.IOException;
import java.io.OutputStream;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import org.jboss.logmanager.ExtLogRecord;
import org.jboss.logmanager.Level;
import org.jboss.logmanager.Logger;

/**
 * Publishes the records of all our processes through Quarkus logging, so that whatever handler is configured there gets
 * them: console, file, syslog, GELF, OpenTelemetry. The fields of a record become its MDC, under the names of jsonlog
 * (LOG-24); the message is the message.
 */
final class LogPublisher implements Consumer<String> {
    /** The category whose level and handlers Quarkus configuration can set. */
    static final String CATEGORY = "postmaster";

    private static final String TIME = "timestamp";
    private static final String PID = "pid";
    private static final String MESSAGE = "message";
    private static final String KIND = "backend_type";
    private static final String SYSLOGGER = ChildKind.SYSLOGGER.backendType();
    private static final String SEVERITY = "error_severity";

    private final Logger logger = Logger.getLogger(CATEGORY);
    private final OutputStream console;
    private final AtomicLong published = new AtomicLong();
    private final AtomicLong dropped = new AtomicLong();
    private volatile boolean alone;

    /** @param console where to print when Quarkus no longer can */
    LogPublisher(OutputStream console) {
        this.console = console;
    }

    /** Quarkus has stopped and closed its handlers: what still comes is printed as it would be without it. Any thread. */
    void goAlone() {
        alone = true;
    }

    /** Takes one record as a line of JSON; a line that is none is published as it is. */
    @Override
    public void accept(String line) {
        ExtLogRecord record = record(line);
        if (SYSLOGGER.equals(record.getMdc(KIND))) {
            dropped.addAndGet(DroppedRecords.countIn(record.getMessage()));
        }
        published.incrementAndGet();
        if (alone) {
            print(record);
        } else {
            logger.log(record);
        }
    }

    /** How many records got here and were passed on. Any thread. */
    long published() {
        return published.get();
    }

    /** How many records did not get as far as here, because the console was too slow. Any thread. */
    long dropped() {
        return dropped.get();
    }

    private void print(ExtLogRecord record) {
        String text = record.getMdc(TIME) + " [" + record.getMdc(PID) + "] " + record.getMdc(SEVERITY) + ":  "
                + record.getMessage() + "\n";
        try {
            console.write(text.getBytes(StandardCharsets.UTF_8));
        } catch (IOException unwritable) {
            return;
        }
    }

    static ExtLogRecord record(String line) {
        Map<String, String> fields = fields(line);
        String message = fields.remove(MESSAGE);
        Level level = level(fields.getOrDefault(SEVERITY, ""));
        var record = new ExtLogRecord(level, message == null ? line : message, ExtLogRecord.FormatStyle.NO_FORMAT, "");
        record.setLoggerName(CATEGORY);
        record.setMdc(fields);
        return record;
    }

    private static Map<String, String> fields(String line) {
        var fields = new HashMap<String, String>();
        try (JsonReader reader = Json.createReader(new StringReader(line))) {
            JsonObject object = reader.readObject();
            object.forEach((key, value) -> fields.put(key, text(value)));
        } catch (RuntimeException notOurs) { // of JSON's, or what the parser has against deep nesting
            fields.clear();
        }
        return fields;
    }

    private static String text(JsonValue value) {
        return switch (value) {
            case JsonString string -> string.getString();
            case JsonNumber number -> number.toString();
            default -> value.toString();
        };
    }

    /** PostgreSQL's severities are finer than the levels; the exact one is in the MDC. */
    private static Level level(String severity) {
        return switch (severity) {
            case "DEBUG" -> Level.DEBUG;
            case "WARNING" -> Level.WARN;
            case "ERROR" -> Level.ERROR;
            case "FATAL", "PANIC" -> Level.FATAL;
            default -> Level.INFO;
        };
    }
}
