package dev.postmaster.it;

import static io.restassured.RestAssured.given;

import dev.postmaster.k8s.Overlay;
import io.kubernetes.client.custom.Quantity;
import io.kubernetes.client.openapi.models.V1Probe;
import io.kubernetes.client.openapi.models.V1SecurityContext;
import io.kubernetes.client.openapi.models.V1Volume;
import io.kubernetes.client.openapi.models.V1VolumeMount;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A pod of an overlay, run by podman as the kubelet would run it: user, capabilities, limits, environment, files and ports are
 * the manifest's. Closing it removes all there was of it.
 */
final class Container implements AutoCloseable {
    static final String IMAGE = "localhost/postmaster:it";

    private static final Duration PATIENCE = Duration.ofMinutes(2);
    private static final String PODMAN = "src/test/container/podman";
    private static final int PIDS = 512;
    private static final String PASSWORD = "only for tests";

    private final Overlay overlay;
    private final String name = "postmaster-it-" + RunningPostmaster.freePort();
    private final Path scratch;
    private final int port = RunningPostmaster.freePort();
    private final int managementPort = RunningPostmaster.freePort();

    private boolean hasPassword;

    private Container(Overlay overlay) throws IOException {
        this.overlay = overlay;
        this.scratch = Files.createTempDirectory("postmaster-container");
        Files.setPosixFilePermissions(scratch, PosixFilePermissions.fromString("rwxr-xr-x"));
    }

    /** Runs a pod of an overlay, with these arguments of the image beside its own, and waits until it is ready. */
    static Container start(String overlay, String... arguments) throws IOException {
        var container = new Container(Overlay.render(overlay));
        try {
            podman(container.runCommand(arguments));
            container.awaitReady();
            return container;
        } catch (AssertionError e) {
            String said = container.log();
            container.close();
            throw new AssertionError(e.getMessage() + "\n" + said, e);
        }
    }

    private String[] runCommand(String... arguments) throws IOException {
        var pod = overlay.pod();
        var context = pod.getSecurityContext();
        List<String> command = new ArrayList<>(List.of("run", "--detach", "--name", name, "--log-driver", "k8s-file"));
        command.addAll(List.of("--user", context.getRunAsUser() + ":" + context.getRunAsGroup()));
        command.addAll(restrictions(overlay.container().getSecurityContext()));
        Quantity memory = overlay.container().getResources().getLimits().get("memory");
        command.add("--memory=" + Objects.requireNonNull(memory).getNumber().longValueExact());
        command.add("--stop-timeout=" + pod.getTerminationGracePeriodSeconds());
        overlay.environment().forEach((variable, value) -> command.add("--env=" + variable + "=" + value));
        command.add("--publish=127.0.0.1:" + port + ":" + overlay.port("clients"));
        command.add("--publish=127.0.0.1:" + managementPort + ":" + overlay.port("management"));
        for (V1VolumeMount mount : overlay.container().getVolumeMounts()) {
            command.add(mounted(mount));
        }
        command.add(IMAGE);
        command.addAll(List.of(arguments));
        return command.toArray(String[]::new);
    }

    private static List<String> restrictions(V1SecurityContext context) throws IOException {
        List<String> options = new ArrayList<>(List.of("--pids-limit=" + PIDS, "--ulimit=nproc=32768:32768"));
        context.getCapabilities().getDrop().forEach(capability -> options.add("--cap-drop=" + capability));
        if (Boolean.TRUE.equals(context.getReadOnlyRootFilesystem())) {
            options.addAll(List.of("--read-only", "--read-only-tmpfs=false"));
        }
        if (Boolean.FALSE.equals(context.getAllowPrivilegeEscalation())) {
            options.add("--security-opt=no-new-privileges");
        }
        String files =
                Outcome.of(new ProcessBuilder("sh", "-c", "ulimit -Hn")).out().strip();
        options.add("--ulimit=nofile=" + files + ":" + files);
        return options;
    }

    /** A ConfigMap is files, an empty directory in memory one that forbids to execute, all else a volume. */
    private String mounted(V1VolumeMount mount) throws IOException {
        Optional<V1Volume> volume = overlay.pod().getVolumes().stream()
                .filter(one -> one.getName().equals(mount.getName()))
                .findFirst();
        if (volume.isPresent() && volume.get().getConfigMap() != null) {
            for (var file : overlay.files(volume.get()).entrySet()) {
                Files.writeString(scratch.resolve(file.getKey()), file.getValue());
            }
            return "--volume=" + scratch + ":" + mount.getMountPath() + ":ro";
        }
        if (volume.isPresent()
                && volume.get().getEmptyDir() != null
                && "Memory".equals(volume.get().getEmptyDir().getMedium())) {
            return "--tmpfs=" + mount.getMountPath() + ":rw,noexec,nosuid,nodev,mode=1777";
        }
        return "--volume=" + volumeOf(mount) + ":" + mount.getMountPath();
    }

    private String volumeOf(V1VolumeMount mount) {
        return name + "-" + mount.getName();
    }

    private void awaitReady() {
        V1Probe ready = overlay.container().getReadinessProbe();
        Deadline.await("the pod is ready or has ended", PATIENCE, () -> answer(ready) == 200 || !isRunning());
        if (!isRunning()) {
            throw new AssertionError("the pod has ended");
        }
    }

    private boolean isRunning() {
        return inspect("{{.State.Running}}").equals("true");
    }

    /** The status of the answer to a probe, asked as the kubelet does; 0 if there is none. */
    int answer(V1Probe probe) {
        int asked = overlay.port(probe.getHttpGet().getPort().getStrValue());
        if (asked != overlay.port("management")) {
            throw new AssertionError("port " + asked + " is not published");
        }
        try {
            return given().port(managementPort)
                    .get(probe.getHttpGet().getPath())
                    .statusCode();
        } catch (Exception nobodyThere) {
            return 0;
        }
    }

    Overlay overlay() {
        return overlay;
    }

    int port() {
        return port;
    }

    /** The number of the container's process 1, as this machine sees it. */
    int processOne() {
        return Integer.parseInt(inspect("{{.State.Pid}}"));
    }

    String inspect(String format) {
        return podman("inspect", "--format", format, name).strip();
    }

    /** Where the data directory is, as this machine sees it. */
    Path dataDirectory() {
        return Path.of(
                podman("volume", "inspect", "--format", "{{.Mountpoint}}", name).strip(), "data");
    }

    /** What it has logged since it was created. */
    String log() {
        Outcome outcome = Outcome.of(new ProcessBuilder(PODMAN, "logs", name));
        return outcome.out() + outcome.err();
    }

    void awaitLog(String text, int times) {
        Deadline.await(text + " " + times + " times in " + log(), PATIENCE, () -> log().split(text, -1).length > times);
    }

    /** The superuser's, as who may forward the pod's port can set it. */
    String password() {
        if (!hasPassword) {
            hasPassword = true;
            Outcome outcome = forwarded("alter role postgres password '" + PASSWORD + "'");
            if (outcome.status() != 0) {
                throw new AssertionError(outcome.toString());
            }
        }
        return PASSWORD;
    }

    /** By the published port, as a client of another pod. */
    Outcome psql(String... statements) {
        List<String> command = new ArrayList<>(List.of("psql", "-h", "127.0.0.1", "-p", Integer.toString(port)));
        Arrays.stream(statements).forEach(statement -> command.addAll(List.of("-c", statement)));
        command.addAll(List.of("-U", "postgres", "-AtX", "postgres"));
        var builder = new ProcessBuilder(command);
        builder.environment().put("PGPASSWORD", password());
        return Outcome.of(builder);
    }

    /** From within the pod's network, where {@code kubectl port-forward} arrives. */
    private Outcome forwarded(String statement) {
        return Outcome.of(new ProcessBuilder(
                "nsenter",
                "--net",
                "--target",
                Integer.toString(processOne()),
                "psql",
                "-h",
                "127.0.0.1",
                "-p",
                Integer.toString(overlay.port("clients")),
                "-U",
                "postgres",
                "-AtX",
                "-c",
                statement,
                "postgres"));
    }

    /** Runs a script of this machine's inside. */
    String script(Path script) {
        var builder = new ProcessBuilder(PODMAN, "exec", "--interactive", name, "bash", "-c", read(script));
        Outcome outcome = Outcome.of(builder);
        if (outcome.status() != 0) {
            throw new AssertionError(script + ": " + outcome);
        }
        return outcome.out();
    }

    /** Runs a command inside. */
    String execute(String... command) {
        return podman(
                Stream.concat(Stream.of("exec", name), Arrays.stream(command)).toArray(String[]::new));
    }

    void signal(String signal) {
        podman("kill", "--signal", signal, name);
    }

    /** As the kubelet: SIGTERM, the grace period, SIGKILL. The exit status. */
    int stop() {
        podman("stop", name);
        return Integer.parseInt(inspect("{{.State.ExitCode}}"));
    }

    /** Ends it without a word, and starts it again on its volume. */
    void killAndStart() {
        signal("KILL");
        Deadline.await(
                "it is dead", PATIENCE, () -> inspect("{{.State.Running}}").equals("false"));
        podman("start", name);
        awaitReady();
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String podman(String... arguments) {
        List<String> command = new ArrayList<>(List.of(PODMAN));
        command.addAll(List.of(arguments));
        Outcome outcome = Outcome.of(new ProcessBuilder(command));
        if (outcome.status() != 0) {
            throw new AssertionError("podman " + String.join(" ", arguments) + ": " + outcome.err());
        }
        return outcome.out();
    }

    @Override
    public void close() {
        Outcome.of(new ProcessBuilder(PODMAN, "rm", "--force", "--time", "0", name));
        overlay.container()
                .getVolumeMounts()
                .forEach(mount -> Outcome.of(new ProcessBuilder(PODMAN, "volume", "rm", "--force", volumeOf(mount))));
        new Place(scratch, scratch, List.of()).clear();
    }
}
