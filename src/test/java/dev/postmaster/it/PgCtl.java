package dev.postmaster.it;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** PostgreSQL's own pg_ctl, of Debian's package postgresql-15, with a data directory; closing ends what it started. */
final class PgCtl implements AutoCloseable {
    private static final Path PROGRAM = Path.of("/usr/lib/postgresql/15/bin/pg_ctl");
    private static final String USER = "postgres";
    private static final boolean ROOT = System.getProperty("user.name").equals("root");

    private final Place place = Place.temporary();
    private final int port = RunningPostmaster.freePort();

    PgCtl() {
        if (ROOT) {
            try {
                var users = place.directory().getFileSystem().getUserPrincipalLookupService();
                Files.setOwner(place.directory(), users.lookupPrincipalByName(USER));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    static boolean isInstalled() {
        return Files.isExecutable(PROGRAM);
    }

    Path directory() {
        return place.directory();
    }

    int port() {
        return port;
    }

    /** What {@code -o} must say for a server that is in nobody's way. */
    String serverOptions() {
        return "-p " + port + " -k " + directory() + " -h 127.0.0.1 -F";
    }

    void init() {
        String data = directory().resolve("data").toString();
        Outcome outcome = run("init", "-s", "-D", data, "-o", "-A trust -U postgres --no-sync");
        if (outcome.status() != 0) {
            throw new AssertionError("init failed: " + outcome);
        }
    }

    /** Runs exactly these arguments, as the user who may: PostgreSQL refuses root. */
    Outcome run(String... arguments) {
        List<String> command = new ArrayList<>();
        if (ROOT) {
            command.addAll(List.of("setpriv", "--reuid=" + USER, "--regid=" + USER, "--clear-groups"));
        }
        command.add(PROGRAM.toString());
        command.addAll(List.of(arguments));
        return of(command);
    }

    /** As whoever runs the test. */
    Outcome runUnchanged(String... arguments) {
        List<String> command = new ArrayList<>(List.of(PROGRAM.toString()));
        command.addAll(List.of(arguments));
        return of(command);
    }

    private static Outcome of(List<String> command) {
        var builder = new ProcessBuilder(command).directory(Path.of("/").toFile());
        builder.environment().keySet().removeAll(List.of("PGDATA", "PGCTLTIMEOUT"));
        builder.environment().put("LC_ALL", "C");
        return Outcome.of(builder);
    }

    @Override
    public void close() {
        Path data = place.directory().resolve("data");
        if (Files.exists(data.resolve("postmaster.pid"))) {
            run("stop", "-m", "immediate", "-s", "-D", data.toString());
        }
        place.clear();
    }
}
