package dev.postmaster.admin;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.yaml.snakeyaml.Yaml;

/** The document is written by hand: here it is held to what the API has. */
class OpenApiTest {
    private static final Set<String> METHODS = Set.of("get", "post", "put", "delete", "patch", "head", "options");
    private static final Pattern REFERENCE = Pattern.compile("\\$ref=#/([^,}\\]]+)");

    private final Map<String, Object> document = document();

    @Test
    void itHasEveryEndpointAndNoOther() {
        Set<String> described = new TreeSet<>();
        child(document, "paths").forEach((path, operations) -> ((Map<?, ?>) operations)
                .keySet().stream().filter(METHODS::contains).forEach(method -> described.add(method + " " + path)));
        Set<String> there = new TreeSet<>();
        Arrays.stream(Endpoint.values())
                .forEach(endpoint -> there.add(endpoint.method().toLowerCase(Locale.ROOT) + " " + endpoint.path()));

        assertThat(described).isEqualTo(there);
    }

    @Test
    void whatItRefersToIsThere() {
        Matcher reference = REFERENCE.matcher(document.toString());
        int found = 0;
        for (; reference.find(); found++) {
            Map<String, Object> place = document;
            for (String step : reference.group(1).split("/", -1)) {
                assertThat(place).as(reference.group(1)).containsKey(step);
                place = child(place, step);
            }
        }
        assertThat(found).isGreaterThan(20);
    }

    @SuppressWarnings("unchecked") // the keys of the document are texts, but for what a mistake in it would make
    private static Map<String, Object> child(Map<String, Object> of, String name) {
        return (Map<String, Object>) Objects.requireNonNull(of.get(name));
    }

    private static Map<String, Object> document() {
        try (InputStream file = AdminDoor.class.getResourceAsStream("openapi.yaml")) {
            return new Yaml().load(file);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }
}
