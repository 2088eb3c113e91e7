package dev.postmaster.it;

import static io.restassured.RestAssured.given;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * One answer of {@code /q/metrics}, read by the grammar of Prometheus's text format 0.0.4. A line that breaks it, a sample of
 * no family, or a series that comes twice is an {@link AssertionError}.
 */
final class Exposition {
    private static final Pattern COMMENT = Pattern.compile("# (HELP|TYPE) ([a-zA-Z_:][a-zA-Z0-9_:]*) (.+)");
    private static final Pattern SAMPLE =
            Pattern.compile("([a-zA-Z_:][a-zA-Z0-9_:]*)(?:\\{(.*)})? (NaN|[+-]Inf|[-+0-9.eE]+)");
    private static final Pattern LABEL =
            Pattern.compile("([a-zA-Z_][a-zA-Z0-9_]*)=\"((?:[^\"\\\\\\n]|\\\\[\\\\n\"])*)\"(?:,|$)");

    /** What belongs together: a counter or gauge, or a histogram with its buckets, sum and count. */
    record Family(String name, String help, String type, List<Sample> samples) {}

    record Sample(String name, Map<String, String> labels, double value) {}

    private final Map<String, Family> families = new LinkedHashMap<>();

    Exposition(String text) {
        Map<String, String> help = new TreeMap<>();
        for (String line : text.lines().toList()) {
            if (line.startsWith("#")) {
                Matcher comment = match(COMMENT, line);
                if (comment.group(1).equals("HELP")) {
                    help.put(comment.group(2), comment.group(3));
                } else {
                    begin(comment.group(2), help, comment.group(3));
                }
            } else {
                add(sample(line));
            }
        }
    }

    static Exposition of(RunningPostmaster postmaster) {
        return new Exposition(given().port(postmaster.managementPort())
                .accept("text/plain")
                .get("/q/metrics")
                .then()
                .statusCode(200)
                .extract()
                .asString());
    }

    Iterable<Family> families() {
        return families.values();
    }

    /** All series of this name, which may be that of a family or of a part of one. */
    List<Sample> samples(String name) {
        return families.values().stream()
                .flatMap(family -> family.samples().stream())
                .filter(sample -> sample.name().equals(name))
                .toList();
    }

    /** The sum of all series with these labels, given as name, value, name, value; 0 if there are none. */
    double sum(String name, String... labels) {
        return samples(name).stream()
                .filter(sample -> has(sample, labels))
                .mapToDouble(Sample::value)
                .sum();
    }

    private static boolean has(Sample sample, String... labels) {
        for (int i = 0; i < labels.length; i += 2) {
            if (!labels[i + 1].equals(sample.labels().get(labels[i]))) {
                return false;
            }
        }
        return true;
    }

    private void begin(String name, Map<String, String> help, String type) {
        if (families.put(name, new Family(name, help.getOrDefault(name, ""), type, new ArrayList<>())) != null) {
            throw new AssertionError("twice: " + name);
        }
    }

    private void add(Sample sample) {
        Family family = families.get(familyOf(sample.name()));
        if (family == null) {
            throw new AssertionError("of no family: " + sample);
        }
        boolean known = family.samples().stream()
                .anyMatch(other ->
                        other.name().equals(sample.name()) && other.labels().equals(sample.labels()));
        if (known) {
            throw new AssertionError("twice: " + sample);
        }
        family.samples().add(sample);
    }

    private String familyOf(String sample) {
        String part = sample.replaceFirst("_(bucket|sum|count)$", "");
        return families.containsKey(sample) ? sample : part;
    }

    private static Sample sample(String line) {
        Matcher sample = match(SAMPLE, line);
        Map<String, String> labels = new TreeMap<>();
        if (sample.group(2) != null) {
            Matcher label = LABEL.matcher(sample.group(2));
            int end = 0;
            while (label.find() && label.start() == end) {
                labels.put(label.group(1), label.group(2));
                end = label.end();
            }
            if (end != sample.group(2).length()) {
                throw new AssertionError("labels: " + line);
            }
        }
        String value = sample.group(3).replace("Inf", "Infinity");
        return new Sample(sample.group(1), labels, Double.parseDouble(value));
    }

    private static Matcher match(Pattern pattern, String line) {
        Matcher matcher = pattern.matcher(line);
        if (!matcher.matches()) {
            throw new AssertionError("not Prometheus's text format: " + line);
        }
        return matcher;
    }
}
