package dev.postmaster.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * The table of metrics in the README is written from {@link Metric} and never by hand: run
 * {@code bin/test MetricsDocTest -Ddocs.rewrite=true} after a change, and look at the difference.
 */
class MetricsDocTest {
    private static final Path FILE = Path.of("README.md");
    private static final String HEAD = "| Metric | Type | Labels | Meaning |\n|---|---|---|---|\n";

    @Test
    void theReadmeSaysWhatIsExported() throws IOException {
        String readme = Files.readString(FILE);
        int begin = readme.indexOf(HEAD);
        assertThat(begin).as("the table").isPositive();
        int end = readme.indexOf("\n\n", begin) + 1;
        String table = table();
        if (Boolean.getBoolean("docs.rewrite")) {
            Files.writeString(FILE, readme.substring(0, begin) + table + readme.substring(end));
        } else {
            assertThat(readme.substring(begin, end)).isEqualTo(table);
        }
    }

    @ParameterizedTest
    @EnumSource
    void aDescriptionIsHalfASentence(Metric metric) {
        assertThat(metric.description()).matches("[A-Z0-9].*[^.]");
        assertThat(metric.meter()).matches("postmaster(\\.[a-z]+)+");
    }

    private static String table() {
        StringBuilder table = new StringBuilder(HEAD);
        for (Metric metric : Metric.values()) {
            table.append("| `")
                    .append(name(metric))
                    .append("` | ")
                    .append(type(metric))
                    .append(" | ")
                    .append(String.join(", ", metric.labels()))
                    .append(" | ")
                    .append(metric.description())
                    .append(" |\n");
        }
        return table.toString();
    }

    /** As Prometheus gets it, by Micrometer's rules; MonitoringIT asks a postmaster for each of these names. */
    private static String name(Metric metric) {
        String name = metric.meter().replace('.', '_');
        return switch (metric.type()) {
            case GAUGE, SUMMARY -> name;
            case SECONDS, TIMER, HISTOGRAM -> name + "_seconds";
            case COUNTER -> name + "_total";
        };
    }

    private static String type(Metric metric) {
        return switch (metric.type()) {
            case GAUGE, SECONDS -> "gauge";
            case COUNTER -> "counter";
            case TIMER, SUMMARY -> "summary";
            case HISTOGRAM -> "histogram";
        };
    }
}
