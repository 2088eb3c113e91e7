package dev.postmaster.it;

import static org.assertj.core.api.Assertions.assertThat;

import dev.postmaster.image.LoadingLog;
import dev.postmaster.image.ReachabilityMetadata;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a postmaster and its children really did on a JVM, against what the native image is told (decision 0145). */
class ReachabilityIT {
    /** All that no extension of Quarkus speaks for. */
    private static final List<String> OURS = List.of("dev.postmaster.", "com.sun.jna.", "org.sqlite.", "de.siegmar.");

    /** Found by name in every process, whatever it does. */
    private static final String PROBE = "com.sun.jna.SecurityManagerExposer";

    private static final Path LIBRARIES = Path.of(System.getProperty("postmaster.home", "target/quarkus-app"), "native")
            .toAbsolutePath();

    private final ReachabilityMetadata metadata = ReachabilityMetadata.ours();

    @TempDir
    Path logs;

    @Test
    void whatIsFoundByNameIsRegistered() throws IOException {
        Set<String> libraries = session();
        LoadingLog log = LoadingLog.in(logs);

        assertThat(log.types())
                .contains("dev.postmaster.server.Postmaster", "dev.postmaster.child.backend.Session")
                .contains("dev.postmaster.child.syslogger.SysLoggerMain", "org.sqlite.core.NativeDB");
        assertThat(log.foundByName(OURS)).contains(PROBE).isSubsetOf(metadata.types());
        assertThat((long) log.proxies(OURS).size()).isLessThanOrEqualTo(metadata.proxies());
        assertThat(libraries).hasSize(3).allMatch(this::isRegistered);
    }

    /** A start, a session and a stop of all that there is; says which native libraries were mapped. */
    private Set<String> session() throws IOException {
        var options = new ArrayList<>(LoadingLog.options(logs));
        options.add("-Djava.library.path=" + LIBRARIES); // as bin/run does
        options.add("-Djna.boot.library.path=" + LIBRARIES);
        try (var postmaster = RunningPostmaster.startUnder(
                List.of("env", "JAVA_TOOL_OPTIONS=" + String.join(" ", options)),
                "logging_collector=on",
                "log_destination=console,csvlog,jsonlog",
                "child_java_options=" + String.join(",", LoadingLog.options(logs)))) {
            Outcome outcome = postmaster.psql(
                    "-c",
                    "create table t (a int, b timestamp default now())",
                    "-c",
                    "insert into t (a) values (1)",
                    "-c",
                    "select a, b, count(*) over () from t where a::text like '1'",
                    "-c",
                    "\\d",
                    "-c",
                    "checkpoint");
            assertThat(outcome.status()).as(outcome.err()).isZero();
            var libraries = new TreeSet<String>(mappedBy(postmaster.pid()));
            for (int child : Proc.childrenOf(postmaster.pid())) {
                libraries.addAll(mappedBy(child));
            }
            postmaster.signal("INT");
            assertThat(postmaster.awaitExit()).isZero();
            return libraries;
        }
    }

    /** Names of the libraries that the build has unpacked for us. */
    private static List<String> mappedBy(long pid) throws IOException {
        try (Stream<String> maps = Files.lines(Path.of("/proc", Long.toString(pid), "maps"))) {
            return new ArrayList<>(maps.filter(line -> line.contains(LIBRARIES + "/"))
                    .map(line -> line.substring(line.lastIndexOf('/') + 1))
                    .distinct()
                    .toList());
        }
    }

    /** By ourselves, or in the jar that it comes from. */
    private boolean isRegistered(String library) {
        if (library.startsWith("libsqlitejdbc")) {
            return isOnClassPath("org.xerial/sqlite-jdbc/native-image.properties");
        }
        if (library.startsWith("libnetty_transport_native_epoll")) {
            return isOnClassPath("io.netty/netty-transport-classes-epoll/resource-config.json");
        }
        return metadata.hasResource("com/sun/jna/linux-x86-64/" + library);
    }

    private static boolean isOnClassPath(String file) {
        return ReachabilityIT.class.getResource("/META-INF/native-image/" + file) != null;
    }
}
