package dev.postmaster.k8s;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.postmaster.auth.hba.AuthMethod;
import dev.postmaster.auth.hba.HbaFile;
import dev.postmaster.auth.hba.Knock;
import dev.postmaster.auth.hba.Transport;
import io.kubernetes.client.openapi.models.V1LabelSelector;
import io.kubernetes.client.openapi.models.V1Namespace;
import io.kubernetes.client.openapi.models.V1NetworkPolicy;
import io.kubernetes.client.openapi.models.V1PodDisruptionBudget;
import io.kubernetes.client.openapi.models.V1PodSpec;
import io.kubernetes.client.openapi.models.V1Service;
import io.kubernetes.client.openapi.models.V1ServiceAccount;
import io.kubernetes.client.openapi.models.V1StatefulSet;
import io.kubernetes.client.openapi.models.V1TopologySpreadConstraint;
import io.kubernetes.client.openapi.models.V1Volume;
import io.kubernetes.client.openapi.models.V1VolumeMount;
import java.io.IOException;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Each overlay is what Kubernetes takes, and its parts find each other. */
class ManifestsTest {
    @TempDir
    private Path directory;

    static Stream<Overlay> overlays() {
        return Overlay.names().stream().map(Overlay::render);
    }

    @BeforeAll
    static void needsKubectl() {
        assumeTrue(Overlay.canBeRendered(), "no kubectl on this system");
    }

    @Test
    void thereIsAnOverlayForEachWayToRun() {
        assertThat(Overlay.names()).containsExactly("program", "sqlite", "sqlite-with-prometheus");
    }

    @ParameterizedTest
    @MethodSource("overlays")
    void everyObjectIsOfItsSchema(Overlay overlay) {
        assertThat(overlay.objects()).hasSizeGreaterThan(7).allSatisfy(object -> Schema.typeOf(object)
                .ifPresent(type -> Schema.read(object, type)));
    }

    @Test
    void aMisspeltFieldIsNotOfTheSchema() {
        assertThatThrownBy(() -> Overlay.render("sqlite").objects().forEach(object -> {
                    if ("StatefulSet".equals(object.get("kind"))) {
                        rename(object, "readinessProbe", "readynessProbe");
                        Schema.read(object, V1StatefulSet.class);
                    }
                }))
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("readynessProbe");
    }

    @ParameterizedTest
    @MethodSource("overlays")
    void oneNamespaceHoldsItAllAndEnforcesTheRestrictedStandard(Overlay overlay) {
        V1Namespace namespace = overlay.only(V1Namespace.class);
        assertThat(namespace.getMetadata().getLabels())
                .containsEntry("pod-security.kubernetes.io/enforce", "restricted");
        Set<@Nullable Object> namespaces = new HashSet<>();
        for (Map<String, Object> object : overlay.objects()) {
            if (!"Namespace".equals(object.get("kind"))) {
                namespaces.add(map(object, "metadata").get("namespace"));
            }
        }
        assertThat(namespaces)
                .containsExactly(Objects.requireNonNull(namespace.getMetadata().getName()));
    }

    @ParameterizedTest
    @MethodSource("overlays")
    void everySelectorFindsThePods(Overlay overlay) {
        var statefulSet = overlay.only(V1StatefulSet.class).getSpec();
        List<Map<String, String>> selectors = new ArrayList<>();
        selectors.add(labels(statefulSet.getSelector()));
        selectors.add(labels(overlay.only(V1PodDisruptionBudget.class).getSpec().getSelector()));
        for (V1Service service : overlay.all(V1Service.class)) {
            selectors.add(service.getSpec().getSelector());
        }
        for (V1NetworkPolicy policy : overlay.all(V1NetworkPolicy.class)) {
            selectors.add(labels(policy.getSpec().getPodSelector()));
        }
        for (V1TopologySpreadConstraint spread : overlay.pod().getTopologySpreadConstraints()) {
            selectors.add(labels(spread.getLabelSelector()));
        }
        Map<String, String> pod = statefulSet.getTemplate().getMetadata().getLabels();
        assertThat(selectors).hasSizeGreaterThan(6).allSatisfy(selector -> assertThat(pod)
                .containsAllEntriesOf(selector));
    }

    @ParameterizedTest
    @MethodSource("overlays")
    void everyNamedPortIsOneOfTheContainer(Overlay overlay) {
        List<String> names = new ArrayList<>();
        overlay.all(V1Service.class).forEach(service -> service.getSpec()
                .getPorts()
                .forEach(port -> names.add(port.getTargetPort().getStrValue())));
        overlay.all(V1NetworkPolicy.class)
                .forEach(policy -> policy.getSpec().getIngress().forEach(rule -> rule.getPorts()
                        .forEach(port -> names.add(port.getPort().getStrValue()))));
        assertThat(names).hasSizeGreaterThan(3).allSatisfy(port -> assertThat(overlay.port(port))
                .isPositive());
    }

    @ParameterizedTest
    @MethodSource("overlays")
    void whatIsNamedElsewhereIsThere(Overlay overlay) {
        V1PodSpec pod = overlay.pod();
        var statefulSet = overlay.only(V1StatefulSet.class).getSpec();
        assertThat(overlay.only(V1ServiceAccount.class).getMetadata().getName()).isEqualTo(pod.getServiceAccountName());
        assertThat(overlay.all(V1Service.class))
                .filteredOn(service -> Objects.equals(service.getMetadata().getName(), statefulSet.getServiceName()))
                .singleElement()
                .satisfies(
                        service -> assertThat(service.getSpec().getClusterIP()).isEqualTo("None"));
        assertThat(pod.getVolumes())
                .filteredOn(volume -> volume.getConfigMap() != null)
                .singleElement()
                .satisfies(volume -> assertThat(overlay.files(volume).keySet())
                        .containsExactlyInAnyOrderElementsOf(configurationFiles(overlay.files(volume))));
        assertThat(overlay.container().getVolumeMounts())
                .extracting(V1VolumeMount::getName)
                .containsExactlyInAnyOrderElementsOf(volumes(overlay));
    }

    /** Those that every overlay has, and the rules of who may come in where a setting names them. */
    private static List<String> configurationFiles(Map<String, String> files) {
        List<String> names = new ArrayList<>(List.of("postmaster.conf", "server.conf"));
        if (files.getOrDefault("server.conf", "").contains("hba_file = '/etc/postmaster/pg_hba.conf'")) {
            names.add("pg_hba.conf");
        }
        return names;
    }

    @ParameterizedTest
    @ValueSource(strings = {"sqlite", "sqlite-with-prometheus"})
    void otherPodsNeedAPassword(String name) throws IOException {
        Overlay overlay = Overlay.render(name);
        V1Volume configuration = overlay.pod().getVolumes().stream()
                .filter(volume -> volume.getConfigMap() != null)
                .findFirst()
                .orElseThrow();
        Path file = Files.writeString(
                directory.resolve("pg_hba.conf"), overlay.files(configuration).get("pg_hba.conf"));
        HbaFile rules = HbaFile.read(file);
        assertThat(rules.problems()).isEmpty();
        assertThat(rules.rules()
                        .ruleFor(new Knock(
                                Transport.TCP, InetAddress.ofLiteral("10.0.0.9"), "postgres", "postgres", role -> true))
                        .orElseThrow()
                        .method())
                .isEqualTo(AuthMethod.SCRAM_SHA_256);
    }

    /** Names of volumes and of claims. */
    private static List<String> volumes(Overlay overlay) {
        List<String> names = new ArrayList<>(
                overlay.pod().getVolumes().stream().map(V1Volume::getName).toList());
        var claims = overlay.only(V1StatefulSet.class).getSpec().getVolumeClaimTemplates();
        if (claims != null) {
            claims.forEach(claim -> names.add(claim.getMetadata().getName()));
        }
        return names;
    }

    @Test
    void onlyOnePodHasTheDatabaseAndItsVolumeStays() {
        var sqlite = Overlay.render("sqlite").only(V1StatefulSet.class).getSpec();
        assertThat(sqlite.getReplicas()).isEqualTo(1);
        assertThat(sqlite.getVolumeClaimTemplates()).hasSize(1);
        assertThat(sqlite.getPersistentVolumeClaimRetentionPolicy().getWhenDeleted())
                .isEqualTo("Retain");
    }

    @Test
    void onlyTheOverlayForTheOperatorHasItsKinds() {
        assertThat(kindsOfOthers("sqlite")).isEmpty();
        assertThat(kindsOfOthers("program")).isEmpty();
        assertThat(kindsOfOthers("sqlite-with-prometheus"))
                .containsExactlyInAnyOrder("ServiceMonitor", "PrometheusRule");
    }

    @Test
    void theServiceMonitorFindsAPortOfAService() {
        Overlay overlay = Overlay.render("sqlite-with-prometheus");
        Map<?, ?> spec = overlay.objects().stream()
                .filter(object -> "ServiceMonitor".equals(object.get("kind")))
                .map(object -> map(object, "spec"))
                .findFirst()
                .orElseThrow();
        Map<?, ?> labels = map(map(spec, "selector"), "matchLabels");
        Map<?, ?> endpoint = (Map<?, ?>) ((List<?>) field(spec, "endpoints")).getFirst();
        assertThat(overlay.all(V1Service.class))
                .filteredOn(
                        service -> service.getMetadata().getLabels().entrySet().containsAll(labels.entrySet()))
                .singleElement()
                .satisfies(service -> assertThat(service.getSpec().getPorts())
                        .anyMatch(port -> Objects.equals(port.getName(), endpoint.get("port"))));
        assertThat(endpoint.get("path")).isEqualTo("/q/metrics");
    }

    private static List<String> kindsOfOthers(String name) {
        return Overlay.render(name).objects().stream()
                .filter(object -> Schema.typeOf(object).isEmpty())
                .map(object -> String.valueOf(object.get("kind")))
                .toList();
    }

    private static Map<String, String> labels(V1LabelSelector selector) {
        return selector.getMatchLabels();
    }

    private static Map<?, ?> map(Map<?, ?> object, String name) {
        return (Map<?, ?>) field(object, name);
    }

    private static Object field(Map<?, ?> object, String name) {
        return Objects.requireNonNull(object.get(name), name);
    }

    /** Gives a field another name, however deep it is. */
    private static void rename(Object node, String from, String to) {
        if (node instanceof Map<?, ?> map) {
            @SuppressWarnings("unchecked")
            Map<String, Object> fields = (Map<String, Object>) map;
            if (fields.containsKey(from)) {
                fields.put(to, fields.remove(from));
            }
            fields.values().forEach(inner -> rename(inner, from, to));
        } else if (node instanceof List<?> list) {
            list.forEach(inner -> rename(inner, from, to));
        }
    }
}
