package dev.postmaster.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Programs that the world runs under inetd, unchanged, with their own clients and many at a time. */
class RealProgramsIT {
    /** {@code -Dprograms.clients=N}. */
    private static final int CLIENTS = Integer.getInteger("programs.clients", 200);

    private static final String CONTENT = "what is served\n".repeat(10_000);

    @TempDir
    Path scratch;

    @Test
    void gitDaemonServesClonesInParallel() throws Exception {
        Path repository = Files.createDirectory(scratch.resolve("served"));
        Files.writeString(repository.resolve("content"), CONTENT);
        git(repository, "init", "-q");
        git(repository, "add", "content");
        git(repository, "-c", "user.name=a", "-c", "user.email=a@b", "commit", "-qm", "first");
        try (var postmaster = RunningPostmaster.startWithoutCluster(
                "backend_command=" + gitDaemon()
                        + " --inetd --log-destination=stderr --verbose --export-all --base-path=" + scratch,
                "max_connections=" + (CLIENTS + 10))) {
            String url = "git://127.0.0.1:" + postmaster.port() + "/served";
            long before = Proc.channelsOf(postmaster.pid());
            inParallel(n -> {
                Path clone = scratch.resolve("clone" + n);
                git(scratch, "clone", "-q", url, clone.toString());
                assertThat(clone.resolve("content")).hasContent(CONTENT);
            });
            postmaster.awaitLog("Request upload-pack for '/served'", CLIENTS);
            awaitNobody(postmaster);
            Deadline.await(
                    "no descriptor is left",
                    RunningPostmaster.PATIENCE,
                    () -> Proc.channelsOf(postmaster.pid()) == before);
            attributedToTheProcessItself(postmaster);
        }
    }

    /** git daemon writes its own number before each line, and the log must say the same one. */
    private static void attributedToTheProcessItself(RunningPostmaster postmaster) {
        assertThat(postmaster.log().stream().filter(line -> line.contains("Request upload-pack")))
                .hasSize(CLIENTS)
                .allMatch(line -> line.matches(".* \\[(\\d+)\\] LOG:  \\[\\1\\] Request upload-pack.*"));
    }

    @Test
    void rsyncDaemonServesItsModules() throws Exception {
        Path module = Files.createDirectory(scratch.resolve("module"));
        Files.writeString(module.resolve("content"), CONTENT);
        Path configuration = Files.writeString(
                scratch.resolve("rsyncd.conf"),
                "use chroot = no\n[data]\npath = " + module + "\nread only = yes\nuid = " + userId() + "\ngid = "
                        + userId() + "\n");
        try (var postmaster = RunningPostmaster.startWithoutCluster(
                "backend_command=rsync --daemon --config=" + configuration, "max_connections=50")) {
            String url = "rsync://127.0.0.1:" + postmaster.port() + "/data/";
            for (int n = 0; n < 20; n++) {
                Path copy = scratch.resolve("copy" + n);
                succeeded(Outcome.of(new ProcessBuilder("rsync", "-a", url, copy.toString())));
                assertThat(copy.resolve("content")).hasContent(CONTENT);
            }
            awaitNobody(postmaster);
        }
    }

    private interface Work {
        void run(int n) throws Exception;
    }

    private static void inParallel(Work work) throws Exception {
        try (ExecutorService clients = Executors.newFixedThreadPool(CLIENTS)) {
            List<Callable<Void>> all = new ArrayList<>();
            for (int i = 0; i < CLIENTS; i++) {
                int n = i;
                all.add(() -> {
                    work.run(n);
                    return null;
                });
            }
            for (Future<Void> client : clients.invokeAll(all)) {
                client.get();
            }
        }
    }

    private static void awaitNobody(RunningPostmaster postmaster) {
        Deadline.await("every program has ended", RunningPostmaster.PATIENCE, () -> Proc.childrenOf(postmaster.pid())
                .isEmpty());
    }

    /** The program itself, which "git daemon" would start as a child of its own. */
    private static String gitDaemon() {
        return Outcome.of(new ProcessBuilder("git", "--exec-path")).out().strip() + "/git-daemon";
    }

    private static void git(Path directory, String... arguments) {
        List<String> command = new ArrayList<>(List.of("git", "-C", directory.toString()));
        command.addAll(List.of(arguments));
        succeeded(Outcome.of(new ProcessBuilder(command)));
    }

    private static void succeeded(Outcome outcome) {
        assertThat(outcome.status()).as(outcome.err()).isZero();
    }

    private static String userId() throws IOException {
        return Files.getAttribute(Path.of("/proc/self"), "unix:uid").toString();
    }
}
