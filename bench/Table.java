import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/**
 * Makes a table of figures, for {@code bin/bench}.
 *
 * <p>Arguments: {@code markdown}, {@code rows} (the same without its head) or {@code json}, a sentence about when and where
 * it was measured, and a file of figures as {@code figure} of {@code bench/lib.bash} prints them, each with its row before it.
 */
final class Table {
    private static final String HEAD =
            """
            %s

            | What | Here | Against | Ratio | Goal | |
            |---|---|---|---|---|---|
            """;

    /** Median, least and most of the rounds. */
    private record Spread(double median, double least, double most) {
        String words(String unit) {
            return number(median) + unit + " (" + number(least) + " to " + number(most) + ")";
        }

        String json() {
            return format("{\"median\": %s, \"min\": %s, \"max\": %s}", median, least, most);
        }
    }

    /** At least, or at most, so much: of the peer's median, or in the figure's unit. */
    private record Goal(boolean atLeast, String value, boolean ofPeer) {
        static Goal parse(String text) {
            String[] words = text.split(" ");
            boolean ofPeer = words[1].endsWith("x");
            String value = ofPeer ? words[1].substring(0, words[1].length() - 1) : words[1];
            return new Goal(words[0].equals(">="), value, ofPeer);
        }

        /** How far off, as a part of the goal; zero or less if it is met. */
        double missedBy(double reached) {
            double part = reached / Double.parseDouble(value);
            return atLeast ? 1 - part : part - 1;
        }

        String words(String unit) {
            return (atLeast ? "≥ " : "≤ ") + value + (ofPeer ? "x" : unit);
        }
    }

    /** A figure; without one of ours, the peer's name says why. */
    private record Figure(String row, String what, String unit, Spread ours, Goal goal, String peer, Spread theirs) {
        static Figure parse(String line) {
            String[] fields = line.split("\t", -1);
            return new Figure(
                    fields[0],
                    fields[1],
                    fields[2],
                    spread(fields, 3),
                    fields[6].isEmpty() ? null : Goal.parse(fields[6]),
                    fields[7],
                    spread(fields, 8));
        }

        private static Spread spread(String[] fields, int at) {
            return fields[at].isEmpty()
                    ? null
                    : new Spread(
                            Double.parseDouble(fields[at]),
                            Double.parseDouble(fields[at + 1]),
                            Double.parseDouble(fields[at + 2]));
        }

        double ratio() {
            return ours.median() / theirs.median();
        }

        double missedBy() {
            return goal.missedBy(goal.ofPeer() ? ratio() : ours.median());
        }

        String markdown() {
            String space = unit.startsWith("/") ? unit : " " + unit;
            boolean compared = ours != null && theirs != null;
            return "| "
                    + String.join(
                            " | ",
                            what,
                            ours == null ? peer : ours.words(space),
                            theirs == null ? "" : peer + ": " + theirs.words(space),
                            compared ? number(ratio()) + "x" : "",
                            goal == null ? "" : goal.words(space),
                            goal == null || ours == null ? "" : verdict())
                    + " |";
        }

        private String verdict() {
            return missedBy() <= 0 ? "met" : format("missed by %.0f %%", Math.ceil(missedBy() * 100));
        }

        String json() {
            String text = "  {\"row\": " + quoted(row) + ", \"what\": " + quoted(what) + ", \"unit\": " + quoted(unit);
            text += ours == null ? ", \"missing\": " + quoted(peer) : ", \"ours\": " + ours.json();
            text += theirs == null ? "" : ", \"peer\": " + quoted(peer) + ", \"theirs\": " + theirs.json();
            text += ours == null || theirs == null ? "" : ", \"ratio\": " + ratio();
            text += goal == null ? "" : ", \"goal\": " + quoted(goal.words(" " + unit));
            text += goal == null || ours == null ? "" : ", \"met\": " + (missedBy() <= 0);
            return text + "}";
        }
    }

    public static void main(String[] args) throws IOException {
        List<Figure> figures =
                Files.readAllLines(Path.of(args[2])).stream().map(Figure::parse).toList();
        System.out.print(switch (args[0]) {
            case "json" -> json(args[1], figures);
            case "rows" -> rows(figures);
            case "markdown" -> HEAD.formatted(args[1]) + rows(figures);
            default -> throw new IllegalArgumentException(args[0]);
        });
    }

    private static String rows(List<Figure> figures) {
        return figures.stream().map(figure -> figure.markdown() + "\n").collect(Collectors.joining());
    }

    private static String json(String measured, List<Figure> figures) {
        return "{\"measured\": " + quoted(measured) + ", \"figures\": [\n"
                + figures.stream().map(Figure::json).collect(Collectors.joining(",\n")) + "\n]}\n";
    }

    private static String quoted(String text) {
        return '"' + text.replace("\\", "\\\\").replace("\"", "\\\"") + '"';
    }

    /** Three digits that count, and no more behind the point than they need. */
    private static String number(double value) {
        int decimals = value >= 100 || value == Math.rint(value) ? 0 : value >= 10 ? 1 : value >= 0.1 ? 2 : 3;
        return format("%,." + decimals + "f", value);
    }

    private static String format(String pattern, Object... values) {
        return String.format(Locale.ROOT, pattern, values);
    }
}
