package dev.postmaster.image;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * What our reachability metadata says; the format is
 * <a href="https://www.graalvm.org/jdk25/reference-manual/native-image/metadata/">GraalVM's</a>.
 */
public final class ReachabilityMetadata {
    static final Path DIRECTORY = Path.of("src/main/resources/META-INF/native-image");

    private static final String FILE = "reachability-metadata.json";

    private final List<JsonObject> reflection = new ArrayList<>();
    private final List<JsonObject> resources = new ArrayList<>();

    private ReachabilityMetadata(List<String> texts) {
        for (String text : texts) {
            var file = new JsonObject(text);
            addAll(file.getJsonArray("reflection"), reflection);
            addAll(file.getJsonArray("resources"), resources);
        }
    }

    /** All that we ship. */
    public static ReachabilityMetadata ours() {
        try (Stream<Path> files = Files.walk(DIRECTORY)) {
            var texts = new ArrayList<String>();
            for (Path file : files.filter(path -> path.endsWith(FILE)).toList()) {
                texts.add(Files.readString(file));
            }
            return new ReachabilityMetadata(texts);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static ReachabilityMetadata of(String text) {
        return new ReachabilityMetadata(List.of(text));
    }

    private static void addAll(JsonArray array, List<JsonObject> target) {
        if (array != null) {
            array.forEach(element -> target.add((JsonObject) element));
        }
    }

    /** The classes that can be found by their names. */
    public List<String> types() {
        return reflection.stream()
                .map(entry -> entry.getValue("type"))
                .filter(String.class::isInstance)
                .map(String.class::cast)
                .toList();
    }

    /** Whether all of the class can be read, written, called and found over JNI. */
    boolean hasAllOf(String name) {
        return reflection.stream()
                .filter(entry -> name.equals(entry.getValue("type")))
                .anyMatch(entry -> Stream.of(
                                "allDeclaredFields", "allDeclaredMethods", "allDeclaredConstructors", "jniAccessible")
                        .allMatch(what -> entry.getBoolean(what, false)));
    }

    /** Whether a proxy for this one interface can be made. */
    boolean hasProxy(String name) {
        var wanted = new JsonObject().put("proxy", new JsonArray().add(name));
        return reflection.stream().anyMatch(entry -> wanted.equals(entry.getValue("type")));
    }

    public long proxies() {
        return reflection.stream()
                .filter(entry -> entry.getValue("type") instanceof JsonObject)
                .count();
    }

    /** Whether a resource of this name is there. */
    public boolean hasResource(String name) {
        return resources.stream()
                .map(entry -> FileSystems.getDefault().getPathMatcher("glob:" + entry.getString("glob")))
                .anyMatch(matcher -> matcher.matches(Path.of(name)));
    }
}
