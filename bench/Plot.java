import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * Draws what {@link Crowd} measured, as SVG: new connections a second, and the event loop's delay, over the number of
 * live children. Reads Crowd's lines "step …", of any number of rounds; a point is the median of them, a bar reaches from the
 * least to the most. Run by {@code bench/rows/children}.
 */
final class Plot {
    private static final int LEFT = 70;
    private static final int WIDTH = 600;
    private static final int HEIGHT = 180;
    private static final int TOP = 60;
    private static final int PANEL = TOP + HEIGHT + 40;
    private static final int LEGEND_LINE = 14;
    private static final int X_STEPS = 4;
    private static final int Y_STEPS = 4;

    /** One curve: its column in a line of Crowd's. */
    private record Curve(String name, int column, String colour) {}

    private final Map<Integer, List<String[]>> lines;
    private final int most;

    private Plot(Map<Integer, List<String[]>> lines) {
        this.lines = lines;
        this.most = lines.keySet().stream().mapToInt(Integer::intValue).max().orElseThrow();
    }

    public static void main(String[] args) {
        Plot plot = new Plot(new BufferedReader(new InputStreamReader(System.in))
                .lines()
                .map(line -> line.split(" "))
                .collect(Collectors.groupingBy(
                        words -> Integer.parseInt(words[1]), TreeMap::new, Collectors.toCollection(ArrayList::new))));
        System.out.printf(
                "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"%d\" height=\"%d\""
                        + " font-family=\"sans-serif\" font-size=\"12\">%n",
                LEFT + WIDTH + 40, 2 * PANEL);
        System.out.println("<rect width=\"100%\" height=\"100%\" fill=\"white\"/>");
        plot.panel(0, "new connections/s, 4 clients", List.of(new Curve("", 2, "#1f77b4")));
        plot.panel(
                PANEL,
                "delay of the event loop, p99, ms",
                List.of(
                        new Curve("4 clients come and go", 3, "#d62728"),
                        new Curve("an idle thread meanwhile", 4, "#999999"),
                        new Curve("nobody comes", 5, "#2ca02c")));
        System.out.println("</svg>");
    }

    private void panel(int top, String title, List<Curve> curves) {
        double highest = curves.stream()
                .flatMapToDouble(curve -> lines.keySet().stream().mapToDouble(at -> values(at, curve).getLast()))
                .max()
                .orElseThrow();
        double scale = roundUp(highest);
        System.out.printf("<g transform=\"translate(%d,%d)\">%n", LEFT, top + TOP);
        text(0, -12, "start", "black", title);
        axes(scale);
        for (int i = 0; i < curves.size(); i++) {
            draw(curves.get(i), scale);
            text(WIDTH, -12 - LEGEND_LINE * (curves.size() - 1 - i), "end", curves.get(i).colour(), curves.get(i).name());
        }
        System.out.println("</g>");
    }

    private void axes(double scale) {
        for (int i = 0; i <= Y_STEPS; i++) {
            double y = HEIGHT - (double) HEIGHT * i / Y_STEPS;
            line(0, y, WIDTH, y, "#cccccc");
            text(-8, y + 4, "end", "black", number(scale * i / Y_STEPS));
        }
        for (int i = 0; i <= X_STEPS; i++) {
            text((double) WIDTH * i / X_STEPS, HEIGHT + 18, "middle", "black", number((double) most * i / X_STEPS));
        }
        text(WIDTH / 2.0, HEIGHT + 32, "middle", "black", "live children");
    }

    private void draw(Curve curve, double scale) {
        String points = lines.keySet().stream()
                .map(at -> format("%.1f,%.1f", x(at), y(median(values(at, curve)), scale)))
                .collect(Collectors.joining(" "));
        System.out.printf(
                "<polyline points=\"%s\" fill=\"none\" stroke=\"%s\" stroke-width=\"2\"/>%n", points, curve.colour());
        for (int at : lines.keySet()) {
            List<Double> values = values(at, curve);
            line(x(at), y(values.getFirst(), scale), x(at), y(values.getLast(), scale), curve.colour());
            System.out.println(format(
                    "<circle cx=\"%.1f\" cy=\"%.1f\" r=\"3\" fill=\"%s\"/>",
                    x(at), y(median(values), scale), curve.colour()));
        }
    }

    private List<Double> values(int at, Curve curve) {
        return lines.get(at).stream()
                .map(words -> Double.parseDouble(words[curve.column()]))
                .sorted()
                .toList();
    }

    private static double median(List<Double> sorted) {
        int middle = sorted.size() / 2;
        return sorted.size() % 2 == 1 ? sorted.get(middle) : (sorted.get(middle - 1) + sorted.get(middle)) / 2;
    }

    private double x(int children) {
        return (double) WIDTH * children / most;
    }

    private static double y(double value, double scale) {
        return HEIGHT - HEIGHT * value / scale;
    }

    /** The next number that begins with 1, 2 or 4 and goes on with zeros: its quarters are round, too. */
    private static double roundUp(double value) {
        double power = Math.pow(10, Math.floor(Math.log10(value)));
        for (int first : new int[] {1, 2, 4}) {
            if (value <= first * power) {
                return first * power;
            }
        }
        return 10 * power;
    }

    private static void line(double x1, double y1, double x2, double y2, String colour) {
        System.out.println(format(
                "<line x1=\"%.1f\" y1=\"%.1f\" x2=\"%.1f\" y2=\"%.1f\" stroke=\"%s\"/>", x1, y1, x2, y2, colour));
    }

    private static void text(double x, double y, String anchor, String colour, String text) {
        System.out.println(format(
                "<text x=\"%.1f\" y=\"%.1f\" text-anchor=\"%s\" fill=\"%s\">%s</text>", x, y, anchor, colour, text));
    }

    private static String number(double value) {
        return value == Math.rint(value) ? format("%.0f", value) : format("%.2f", value);
    }

    private static String format(String pattern, Object... values) {
        return String.format(Locale.ROOT, pattern, values);
    }
}
