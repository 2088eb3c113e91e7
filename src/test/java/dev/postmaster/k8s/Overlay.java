package dev.postmaster.k8s;

import io.kubernetes.client.openapi.models.V1ConfigMap;
import io.kubernetes.client.openapi.models.V1Container;
import io.kubernetes.client.openapi.models.V1ContainerPort;
import io.kubernetes.client.openapi.models.V1EnvVar;
import io.kubernetes.client.openapi.models.V1PodSpec;
import io.kubernetes.client.openapi.models.V1StatefulSet;
import io.kubernetes.client.openapi.models.V1Volume;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.yaml.snakeyaml.Yaml;

/**
 * One overlay as {@code kubectl kustomize} renders it.
 *
 * @param objects as read from YAML, unchecked
 */
public record Overlay(String name, List<Map<String, Object>> objects) {
    private static final Path FOLDER = Path.of("k8s/overlays");
    private static final long PATIENCE_SECONDS = 60;

    /** Whether this machine can render one. */
    public static boolean canBeRendered() {
        return Stream.of(System.getenv().getOrDefault("PATH", "").split(":"))
                .anyMatch(directory -> Files.isExecutable(Path.of(directory, "kubectl")));
    }

    /** The names of all there are. */
    public static List<String> names() {
        try (Stream<Path> folders = Files.list(FOLDER)) {
            return folders.map(folder -> folder.getFileName().toString())
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Renders one; the words of kubectl if it cannot. */
    public static Overlay render(String name) {
        try {
            Path errors = Files.createTempFile("kustomize", ".err");
            Process kubectl = new ProcessBuilder(
                            "kubectl", "kustomize", FOLDER.resolve(name).toString())
                    .redirectError(errors.toFile())
                    .start();
            List<Map<String, Object>> objects =
                    parse(new String(kubectl.getInputStream().readAllBytes(), StandardCharsets.UTF_8));
            boolean ended = kubectl.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS);
            String said = Files.readString(errors);
            Files.delete(errors);
            if (!ended || kubectl.exitValue() != 0 || !said.isEmpty()) {
                throw new AssertionError("kubectl kustomize " + FOLDER.resolve(name) + ": " + said);
            }
            return new Overlay(name, objects);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(e);
        }
    }

    @SuppressWarnings("unchecked") // an object of Kubernetes is a map, or it will be found out by its schema
    private static List<Map<String, Object>> parse(String yaml) {
        return Stream.of(yaml.split("(?m)^---$"))
                .map(document -> (Map<String, Object>) new Yaml().load(document))
                .filter(Objects::nonNull)
                .toList();
    }

    /** All objects of a kind, in Kubernetes' own type for it. */
    public <T> List<T> all(Class<T> kind) {
        return objects.stream()
                .filter(object -> Schema.typeOf(object).filter(kind::equals).isPresent())
                .map(object -> Schema.read(object, kind))
                .toList();
    }

    /** The one object of its kind. */
    public <T> T only(Class<T> kind) {
        List<T> all = all(kind);
        if (all.size() != 1) {
            throw new AssertionError(name + " has " + all.size() + " of " + kind.getSimpleName());
        }
        return all.getFirst();
    }

    /** What each pod is made of. */
    public V1PodSpec pod() {
        return only(V1StatefulSet.class).getSpec().getTemplate().getSpec();
    }

    /** Its one container. */
    public V1Container container() {
        List<V1Container> containers = pod().getContainers();
        if (containers.size() != 1) {
            throw new AssertionError(name + " has " + containers.size() + " containers");
        }
        return containers.getFirst();
    }

    /** Names to values, of those that are said here. */
    public Map<String, String> environment() {
        Map<String, String> environment = new LinkedHashMap<>();
        for (V1EnvVar variable : container().getEnv()) {
            environment.put(variable.getName(), Objects.requireNonNull(variable.getValue(), variable::getName));
        }
        return environment;
    }

    /** The number that a port of the container has. */
    public int port(String portName) {
        return container().getPorts().stream()
                .filter(port -> portName.equals(port.getName()))
                .mapToInt(V1ContainerPort::getContainerPort)
                .findFirst()
                .orElseThrow(() -> new AssertionError("no port of the container is called " + portName));
    }

    /** The files that a volume brings from a ConfigMap. */
    public Map<String, String> files(V1Volume volume) {
        String wanted = volume.getConfigMap().getName();
        return all(V1ConfigMap.class).stream()
                .filter(map -> Objects.equals(map.getMetadata().getName(), wanted))
                .map(V1ConfigMap::getData)
                .findFirst()
                .orElseThrow(() -> new AssertionError("no ConfigMap is called " + wanted));
    }
}
