package dev.postmaster.k8s;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.postmaster.config.Guc;
import dev.postmaster.config.SettingSources;
import dev.postmaster.config.Settings;
import io.kubernetes.client.openapi.models.V1Container;
import io.kubernetes.client.openapi.models.V1PodSpec;
import io.kubernetes.client.openapi.models.V1Probe;
import io.kubernetes.client.openapi.models.V1SecurityContext;
import io.kubernetes.client.openapi.models.V1Volume;
import io.kubernetes.client.openapi.models.V1VolumeMount;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What the pods of each overlay are allowed, told and asked agrees with what the postmaster does. */
class PodTest {
    /** SIGKILL_CHILDREN_AFTER_SECS of postmaster.c, after which nobody is left. */
    private static final Duration UNTIL_SIGKILL = Duration.ofSeconds(5);

    /** For whoever has to end after that: the log, the lock file, the JVM. */
    private static final Duration RESERVE = Duration.ofSeconds(10);

    private static final Path DOCKERFILE = Path.of("src/main/docker/Dockerfile.jvm");

    @TempDir
    private Path scratch;

    static Stream<Overlay> overlays() {
        return Overlay.names().stream().map(Overlay::render);
    }

    @BeforeAll
    static void needsKubectl() {
        assumeTrue(Overlay.canBeRendered(), "no kubectl on this system");
    }

    @ParameterizedTest
    @MethodSource("overlays")
    void itKeepsTheRestrictedPodSecurityStandard(Overlay overlay) {
        V1PodSpec pod = overlay.pod();
        assertThat(pod.getSecurityContext().getRunAsNonRoot()).isTrue();
        assertThat(pod.getSecurityContext().getSeccompProfile().getType()).isEqualTo("RuntimeDefault");
        V1SecurityContext container = overlay.container().getSecurityContext();
        assertThat(container.getAllowPrivilegeEscalation()).isFalse();
        assertThat(container.getCapabilities().getDrop()).containsExactly("ALL");
        assertThat(container.getCapabilities().getAdd()).isNullOrEmpty();
        assertThat(container.getReadOnlyRootFilesystem()).isTrue();
        assertThat(Stream.of(pod.getHostNetwork(), pod.getHostPID(), pod.getHostIPC(), container.getPrivileged()))
                .doesNotContain(true);
        assertThat(pod.getVolumes()).allMatch(volume -> volume.getConfigMap() != null || volume.getEmptyDir() != null);
    }

    @ParameterizedTest
    @MethodSource("overlays")
    void itRunsAsTheUserOfTheImageAndTheVolumeIsThatUsers(Overlay overlay) throws IOException {
        var context = overlay.pod().getSecurityContext();
        assertThat(context.getRunAsUser()).isEqualTo(10_001L);
        assertThat(Files.readAllLines(DOCKERFILE))
                .contains("USER " + context.getRunAsUser() + ":" + context.getRunAsGroup())
                .contains("EXPOSE " + overlay.port("clients") + " " + overlay.port("management"))
                .anyMatch(
                        line -> line.contains("PGDATA=" + overlay.environment().get("PGDATA") + " "));
        assertThat(context.getFsGroup()).isEqualTo(context.getRunAsGroup());
        assertThat(context.getFsGroupChangePolicy()).isEqualTo("OnRootMismatch");
    }

    @ParameterizedTest
    @MethodSource("overlays")
    void itsImageIsOfThisVersion(Overlay overlay) throws IOException {
        String version = Files.readAllLines(Path.of("pom.xml")).stream()
                .filter(line -> line.startsWith("  <version>"))
                .map(line -> line.replaceAll("<[^>]*>", "").strip())
                .findFirst()
                .orElseThrow();
        assertThat(overlay.container().getImage()).endsWith("/postmaster:" + version);
        assertThat(Files.readString(DOCKERFILE)).contains("image.version=\"" + version + "\"");
    }

    @ParameterizedTest
    @MethodSource("overlays")
    void itIsGivenNoTokenAndNoVariablesThatLookLikeSettings(Overlay overlay) {
        assertThat(overlay.pod().getAutomountServiceAccountToken()).isFalse();
        assertThat(overlay.pod().getEnableServiceLinks()).isFalse();
    }

    @ParameterizedTest
    @MethodSource("overlays")
    void eachProbeAsksWhatItIsFor(Overlay overlay) {
        V1Container container = overlay.container();
        Map<String, V1Probe> probes = Map.of(
                "started", container.getStartupProbe(),
                "ready", container.getReadinessProbe(),
                "live", container.getLivenessProbe());
        probes.forEach((name, probe) -> {
            assertThat(probe.getHttpGet().getPath()).isEqualTo("/q/health/" + name);
            assertThat(probe.getHttpGet().getPort().getStrValue()).isEqualTo("management");
        });
        assertThat(container.getLivenessProbe().getTerminationGracePeriodSeconds())
                .isLessThan(overlay.pod().getTerminationGracePeriodSeconds());
    }

    @ParameterizedTest
    @MethodSource("overlays")
    void itsSettingsAreAcceptedAndItListensWhereItIsAsked(Overlay overlay) throws IOException {
        Settings settings = settings(overlay);
        assertThat(settings.get(Guc.PORT)).isEqualTo(overlay.port("clients"));
        assertThat(settings.get(Guc.LISTEN_ADDRESSES)).containsExactly("*");
        assertThat(settings.get(Guc.MANAGEMENT_PORT)).isEqualTo(overlay.port("management"));
        assertThat(settings.get(Guc.MANAGEMENT_ADDRESS)).isEqualTo("0.0.0.0");
    }

    @ParameterizedTest
    @MethodSource("overlays")
    void theGracePeriodIsMoreThanTheLadder(Overlay overlay) throws IOException {
        Settings settings = settings(overlay);
        Duration smart = settings.get(Guc.SMART_SHUTDOWN_TIMEOUT);
        Duration fast = settings.get(Guc.FAST_SHUTDOWN_TIMEOUT);
        assertThat(List.of(smart, fast)).as("0 is for ever").allMatch(Duration::isPositive);
        assertThat(Duration.ofSeconds(overlay.pod().getTerminationGracePeriodSeconds()))
                .isGreaterThanOrEqualTo(smart.plus(fast).plus(UNTIL_SIGKILL).plus(RESERVE));
    }

    @ParameterizedTest
    @MethodSource("overlays")
    void whereverItWritesIsAVolume(Overlay overlay) throws IOException {
        Settings settings = settings(overlay);
        List<Path> writable = overlay.container().getVolumeMounts().stream()
                .filter(mount -> !Boolean.TRUE.equals(mount.getReadOnly()))
                .map(mount -> Path.of(mount.getMountPath()))
                .toList();
        List<String> written = Stream.concat(
                        Stream.of(settings.get(Guc.DATA_DIRECTORY)), settings.get(Guc.UNIX_SOCKET_DIRECTORIES).stream())
                .toList();
        assertThat(written).hasSizeGreaterThan(1).allSatisfy(path -> assertThat(writable)
                .anyMatch(Path.of(path)::startsWith));
        assertThat(writable).as("the data directory is made by its user").doesNotContain(Path.of(written.getFirst()));
    }

    /** What the postmaster of a pod reads: its environment and its mounted files. */
    private Settings settings(Overlay overlay) throws IOException {
        Map<String, String> environment = new HashMap<>(overlay.environment());
        for (V1VolumeMount mount : overlay.container().getVolumeMounts()) {
            Optional<V1Volume> mounted = overlay.pod().getVolumes().stream()
                    .filter(volume -> volume.getName().equals(mount.getName()) && volume.getConfigMap() != null)
                    .findFirst();
            if (mounted.isPresent()) {
                for (var file : overlay.files(mounted.get()).entrySet()) {
                    Files.writeString(scratch.resolve(file.getKey()), file.getValue());
                }
                environment.replaceAll((name, value) -> value.replace(mount.getMountPath(), scratch.toString()));
            }
        }
        String directory = Objects.requireNonNull(environment.get("PGDATA"));
        return SettingSources.of(
                        Map.of("data_directory", directory),
                        property -> Optional.ofNullable(environment.get(
                                property.toUpperCase(Locale.ROOT).replaceAll("[.-]", "_"))))
                .load();
    }
}
