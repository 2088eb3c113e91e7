package dev.postmaster.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.postmaster.logpipe.DroppedRecords;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jboss.logmanager.ExtHandler;
import org.jboss.logmanager.ExtLogRecord;
import org.jboss.logmanager.Level;
import org.jboss.logmanager.Logger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LogPublisherTest {
    private static final String LINE = "{\"timestamp\":\"2026-11-22 17:00:00.123 UTC\",\"user\":\"ann\",\"pid\":4711,"
            + "\"error_severity\":\"ERROR\",\"state_code\":\"42601\",\"message\":\"100% of {0}\"}";

    private final List<ExtLogRecord> published = new ArrayList<>();
    private final ByteArrayOutputStream console = new ByteArrayOutputStream();
    private final LogPublisher publisher = new LogPublisher(console);
    private final ExtHandler handler = new ExtHandler() {
        @Override
        protected void doPublish(ExtLogRecord record) {
            published.add(record);
        }
    };

    @BeforeEach
    void listen() {
        Logger.getLogger(LogPublisher.CATEGORY).addHandler(handler);
    }

    @AfterEach
    void leave() {
        Logger.getLogger(LogPublisher.CATEGORY).removeHandler(handler);
    }

    @Test
    void theFieldsOfARecordAreItsMdcAndTheMessageIsTheMessage() {
        publisher.accept(LINE);
        assertThat(published).hasSize(1);
        ExtLogRecord record = published.getFirst();
        assertThat(record.getMessage()).isEqualTo("100% of {0}");
        assertThat(record.getLevel()).isEqualTo(Level.ERROR);
        assertThat(record.getMdcCopy())
                .containsEntry("user", "ann")
                .containsEntry("pid", "4711")
                .containsEntry("state_code", "42601")
                .containsEntry("error_severity", "ERROR")
                .doesNotContainKey("message");
    }

    @ParameterizedTest
    @CsvSource({
        "DEBUG,DEBUG",
        "LOG,INFO",
        "INFO,INFO",
        "NOTICE,INFO",
        "WARNING,WARN",
        "ERROR,ERROR",
        "FATAL,FATAL",
        "PANIC,FATAL"
    })
    void severitiesBecomeLevels(String severity, String level) {
        ExtLogRecord record = LogPublisher.record("{\"error_severity\":\"" + severity + "\",\"message\":\"m\"}");
        assertThat(record.getLevel().getName()).isEqualTo(level);
    }

    @Test
    void whatTheSysloggerHadToDropIsAddedUp() {
        String line = "{\"message\":\"" + DroppedRecords.message(7) + "\",\"backend_type\":\"logger\"}";
        publisher.accept(line);
        publisher.accept(line);
        publisher.accept(line.replace("logger", "client backend"));
        publisher.accept(line.replace("7 log", "seven log"));
        assertThat(publisher.dropped()).isEqualTo(14);
        assertThat(published).hasSize(4);
    }

    @Test
    void aLineThatIsNoRecordIsPublishedAsItIs() {
        publisher.accept("{\"message\":\"torn");
        assertThat(published.getFirst().getMessage()).isEqualTo("{\"message\":\"torn");
    }

    @Test
    void aRecordThatIsNestedTooDeeplyIsPublishedAsItIs() {
        String line = "{\"a\":".repeat(100_000);
        publisher.accept(line);
        assertThat(published.getFirst().getMessage()).isEqualTo(line);
    }

    @Test
    void whatComesWhenQuarkusIsGoneIsPrinted() {
        publisher.goAlone();
        publisher.accept(LINE);
        assertThat(published).isEmpty();
        assertThat(console.toString(StandardCharsets.UTF_8))
                .isEqualTo("2026-11-22 17:00:00.123 UTC [4711] ERROR:  100% of {0}\n");
    }
}
