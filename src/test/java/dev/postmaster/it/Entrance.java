package dev.postmaster.it;

import dev.postmaster.tls.Certificates;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.stream.Stream;

/**
 * A server to come in to, ours or the distribution's PostgreSQL 15, both with the same rules, names and certificates.
 *
 * @param sockets directory of its Unix socket
 */
record Entrance(Runnable end, int port, Path sockets) implements AutoCloseable {
    private static final String HBA = "pg_hba.conf";
    private static final String IDENT = "pg_ident.conf";

    static Entrance postmaster(boolean tls, Certificates files) throws IOException {
        Stream<String> settings = tls
                ? Stream.of(
                        "ssl=on",
                        "ssl_cert_file=" + files.file("server.crt"),
                        "ssl_key_file=" + files.file("server.key"),
                        "ssl_ca_file=" + files.file("root.crt"))
                : Stream.of("ssl=off");
        RunningPostmaster server = RunningPostmaster.start(settings.toArray(String[]::new));
        for (String name : List.of(HBA, IDENT)) {
            Files.copy(files.file(name), server.dataDirectory().resolve(name), StandardCopyOption.REPLACE_EXISTING);
        }
        return new Entrance(server::close, server.port(), server.socketDirectory());
    }

    static Entrance postgresql(boolean tls, Certificates files) throws IOException {
        RealPostgres server = RealPostgres.create();
        for (String name : List.of(HBA, IDENT, "server.crt", "server.key", "root.crt")) {
            server.put(name, Files.readString(files.file(name)));
        }
        server.launch(tls ? new String[] {"ssl=on", "ssl_ca_file=root.crt"} : new String[] {"ssl=off"});
        return new Entrance(server::close, server.port(), server.socketDirectory());
    }

    /** What the superuser asks for over the network must succeed. */
    void prepare(List<String> statements) {
        for (String statement : statements) {
            Outcome outcome = psql("host=127.0.0.1 sslmode=disable user=postgres dbname=postgres", statement);
            if (outcome.status() != 0) {
                throw new AssertionError(statement + ": " + outcome.err());
            }
        }
    }

    /** The distribution's psql, which runs one statement; it never asks for a password. */
    Outcome psql(String connection, String statement) {
        String complete = "port=" + port + " gssencmode=disable " + connection;
        return Outcome.of(new ProcessBuilder("psql", "-X", "-w", "-At", "-d", complete, "-c", statement));
    }

    @Override
    public void close() {
        end.run();
    }
}
