package dev.postmaster.child.syslogger;

import dev.postmaster.cluster.FileModes;
import dev.postmaster.config.LogSettings;
import dev.postmaster.config.Settings;
import dev.postmaster.core.Sig;
import dev.postmaster.logpipe.ChunkAssembler;
import dev.postmaster.logpipe.ChunkWriter;
import dev.postmaster.logpipe.RecordForm;
import dev.postmaster.report.LogSource;
import dev.postmaster.report.ProcessLog;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.Stream;

/** A syslogger without its process: bytes go in by hand, the clock stands still until it is set. */
final class TestDrain {
    private final Path dataDirectory;
    private final Map<String, String> settings = new HashMap<>();
    private final LogFiles files;
    private final Drain drain;
    private final ConsoleFeed feed;
    Instant now = Instant.parse("2026-11-22T12:00:00Z");

    TestDrain(Path dataDirectory, Map<String, String> initial, OutputStream console) throws IOException {
        this.dataDirectory = dataDirectory;
        settings.putAll(initial);
        files = new LogFiles(dataDirectory);
        for (RecordForm form : RecordForm.values()) {
            files.change(form, now, settings(), RotationRule.Cause.REQUEST);
        }
        ProcessLog log = new ProcessLog(
                OutputStream.nullOutputStream(),
                LogSource.of(99, "logger", now),
                LogSettings.format(settings()),
                () -> now);
        feed = new ConsoleFeed(console);
        feed.start();
        CurrentLogFiles current = new CurrentLogFiles(dataDirectory, FileModes.OWNER_ONLY);
        drain = new Drain(files, new FileKeeper(files, current, dataDirectory, log), feed, log, () -> now);
        drain.begin(settings());
    }

    Settings settings() {
        return Settings.ofNonDefaults(settings);
    }

    void log(RecordForm form, int pid, String record) {
        ByteArrayOutputStream pipe = new ByteArrayOutputStream();
        new ChunkWriter(pipe, pid).write(form, record.getBytes(StandardCharsets.UTF_8));
        raw(pipe.toByteArray());
    }

    void raw(byte[] bytes) {
        for (int at = 0; at < bytes.length; at += ChunkAssembler.READ) {
            drain.space().put(bytes, at, Math.min(bytes.length - at, ChunkAssembler.READ));
            drain.received();
        }
    }

    /** SIGHUP, after one setting was changed. */
    void reload(String name, String value) {
        settings.put(name, value);
        drain.turn(EnumSet.of(Sig.HUP), old -> settings());
    }

    void rotate() {
        drain.turn(EnumSet.of(Sig.USR1), old -> old);
    }

    Instant tick() {
        return drain.turn(EnumSet.noneOf(Sig.class), old -> old);
    }

    void end() throws InterruptedException {
        drain.end();
        feed.end();
    }

    long written() {
        return files.written();
    }

    long lost() {
        return files.lost();
    }

    /** The file of this name in the directory {@code log}. */
    String file(String name) throws IOException {
        return Files.readString(dataDirectory.resolve("log").resolve(name));
    }

    Stream<String> names() throws IOException {
        try (Stream<Path> found = Files.list(dataDirectory.resolve("log"))) {
            return found.map(path -> path.getFileName().toString()).sorted().toList().stream();
        }
    }

    String current() throws IOException {
        Path current = dataDirectory.resolve("current_logfiles");
        return Files.exists(current) ? Files.readString(current).replace(" log/", " ") : "";
    }
}
