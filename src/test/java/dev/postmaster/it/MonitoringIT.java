package dev.postmaster.it;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.json.Json;
import jakarta.json.JsonArray;
import jakarta.json.JsonObject;
import jakarta.json.JsonReader;
import jakarta.json.JsonValue;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Names and units are Prometheus's, and what {@code k8s/monitoring} asks for is there. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class MonitoringIT {
    private static final Path FOLDER = Path.of("k8s/monitoring");
    private static final Pattern DOCUMENTED = Pattern.compile("(?m)^\\| `(postmaster_[a-z_]+)` \\|");
    private static final Pattern RULE = Pattern.compile("(?m)^ +expr: (.+)$");
    private static final Pattern SELECTOR = Pattern.compile("(postmaster_[a-zA-Z0-9_]+)(?:\\{([^}]*)})?");
    private static final Pattern MATCHER = Pattern.compile("([a-z_]+)(=~|!~|!=|=)\"([^\"]*)\"");
    private static final String ADDED_BY_PROMETHEUS = "instance";
    private static final Set<String> TYPES = Set.of("gauge", "counter", "histogram", "summary");

    private Exposition exposition;

    /** Nothing has happened yet: what an alert waits for must be there at 0. */
    @BeforeAll
    void readOnce() {
        try (var postmaster = RunningPostmaster.start()) {
            exposition = Exposition.of(postmaster);
        }
    }

    @Test
    void namesAndUnitsAreAsPrometheusWantsThem() {
        assertThat(exposition.families()).hasSizeGreaterThan(20).allSatisfy(family -> {
            assertThat(family.name()).matches("postmaster(_[a-z]+)+");
            assertThat(family.help()).matches("[A-Z0-9].*[^. ]");
            assertThat(family.type()).isIn(TYPES);
            assertThat(family.name().endsWith("_total")).isEqualTo(family.type().equals("counter"));
            assertThat(family.name()).doesNotContain("milli", "_ms", "_count", "_sum");
            assertThat(family.samples()).allSatisfy(sample -> {
                assertThat(sample.labels().keySet()).allMatch(label -> label.matches("[a-z]+"));
                assertThat(sample.value()).isNotNaN().isNotNegative();
            });
        });
    }

    @Test
    void theReadmeNamesWhatIsExportedAndNothingElse() throws IOException {
        Set<String> documented = new HashSet<>();
        DOCUMENTED
                .matcher(Files.readString(Path.of("README.md")))
                .results()
                .forEach(row -> documented.add(row.group(1)));
        Set<String> exported = new HashSet<>();
        exposition.families().forEach(family -> exported.add(family.name().replaceFirst("_max$", "")));
        assertThat(exported).isEqualTo(documented);
    }

    @Test
    void bucketsAddUpToTheCount() {
        List<Exposition.Sample> ends = exposition.samples("postmaster_loop_delay_seconds_bucket");
        assertThat(ends).hasSizeGreaterThan(10).isSortedAccordingTo((a, b) -> Double.compare(a.value(), b.value()));
        assertThat(ends.getLast().labels()).containsEntry("le", "+Inf");
        assertThat(ends.getLast().value())
                .isPositive()
                .isEqualTo(exposition.sum("postmaster_loop_delay_seconds_count"));
    }

    static Stream<String> expressions() throws IOException {
        List<String> expressions = new ArrayList<>();
        try (JsonReader reader = Json.createReader(Files.newBufferedReader(FOLDER.resolve("grafana-dashboard.json")))) {
            collect(reader.readObject(), expressions);
        }
        Matcher rule = RULE.matcher(Files.readString(FOLDER.resolve("prometheus-rules.yaml")));
        while (rule.find()) {
            expressions.add(rule.group(1));
        }
        return expressions.stream();
    }

    @Test
    void thereAreAlertsAndPanels() throws IOException {
        String rules = Files.readString(FOLDER.resolve("prometheus-rules.yaml"));
        long alerts = rules.lines().filter(line -> line.contains("- alert: ")).count();
        assertThat(alerts)
                .isGreaterThan(5)
                .isEqualTo(RULE.matcher(rules).results().count());
        assertThat(expressions().count()).isGreaterThan(alerts + 5);
    }

    @ParameterizedTest
    @MethodSource("expressions")
    void whatIsAskedForIsExported(String expression) {
        Matcher selector = SELECTOR.matcher(expression);
        assertThat(selector.find()).as("a metric in " + expression).isTrue();
        do {
            List<Exposition.Sample> series = exposition.samples(selector.group(1));
            assertThat(series).as(selector.group(1)).isNotEmpty();
            String labels = selector.group(2) == null ? "" : selector.group(2);
            MATCHER.matcher(labels)
                    .results()
                    .filter(one -> !one.group(1).equals(ADDED_BY_PROMETHEUS))
                    .forEach(one -> {
                        Set<String> known = new HashSet<>();
                        series.forEach(sample -> known.add(sample.labels().getOrDefault(one.group(1), "")));
                        assertThat(known).as(one.group()).contains(one.group(3).split("\\|"));
                    });
        } while (selector.find());
        assertThat(expression.chars().filter(c -> c == '(').count())
                .isEqualTo(expression.chars().filter(c -> c == ')').count());
    }

    private static void collect(JsonValue value, List<String> expressions) {
        if (value instanceof JsonObject object) {
            if (object.containsKey("expr")) {
                expressions.add(object.getString("expr"));
            }
            object.values().forEach(inner -> collect(inner, expressions));
        } else if (value instanceof JsonArray array) {
            array.forEach(inner -> collect(inner, expressions));
        }
    }
}
