package dev.postmaster.server;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.postmaster.os.Os;
import dev.postmaster.os.Pipe;
import dev.postmaster.report.JsonLine;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jboss.logmanager.ExtLogRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class LogSinkTest {
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final Os os = Os.open();
    private final Pipe pipe = os.fds().pipe();

    @Test
    void aRecordThatSomebodyStumblesOverIsNotTheLast() {
        List<String> published = new ArrayList<>();
        var sink = new LogSink(os.rawIo(), pipe.readEnd(), line -> {
            if (line.equals("two")) {
                throw new IllegalStateException("a handler with a defect");
            }
            published.add(line);
        });
        send(sink, "one\ntwo\nthree\n");
        assertThat(published).containsExactly("one", "three");
    }

    /** What would steer a terminal is a client's to send; the fields of the record must survive it. */
    @Test
    void controlCharactersOfAClientCostNoField() {
        String message = "DEL \u007f, C1 \u0080\u009f, ESC \u001b, tab \t and \u00a0";
        List<ExtLogRecord> published = new ArrayList<>();
        var sink = new LogSink(os.rawIo(), pipe.readEnd(), line -> published.add(LogPublisher.record(line)));
        send(
                sink,
                new JsonLine()
                        .text("user", "ann")
                        .text("error_severity", "ERROR")
                        .text("message", message)
                        .end());
        assertThat(published).hasSize(1);
        assertThat(published.getFirst().getMessage()).isEqualTo(message);
        assertThat(published.getFirst().getMdcCopy()).containsEntry("user", "ann");
    }

    private void send(LogSink sink, String text) {
        sink.start();
        os.rawIo().writeFully(pipe.writeEnd(), text.getBytes(UTF_8));
        pipe.writeEnd().close();
        sink.awaitEnd(PATIENCE);
    }
}
