package dev.postmaster.auth.hba;

import dev.postmaster.report.Report;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import org.jspecify.annotations.Nullable;

/**
 * {@code pg_ident.conf}: which user of the operating system may be which user of the database (check_usermap). A line is
 * a map's name, a user of the system or {@code /} and a regular expression, and a user of the database, in which
 * {@code \1} stands for the expression's first group.
 *
 * @param problems all that is wrong, at LOG; lines that are wrong are left out
 */
public record IdentMap(List<Entry> entries, List<Report> problems) {
    private static final int FIELDS = 3;

    public IdentMap {
        entries = List.copyOf(entries);
        problems = List.copyOf(problems);
    }

    /** One line. */
    record Entry(String map, Token system, @Nullable Pattern expression, Token database) {
        boolean maps(String systemUser, String databaseUser) {
            if (expression == null) {
                return system.text().equals(systemUser) && isMeant(database.text(), databaseUser);
            }
            Matcher matcher = expression.matcher(systemUser);
            return matcher.find() && isMeant(withGroup(matcher), databaseUser);
        }

        private boolean isMeant(String wanted, String databaseUser) {
            return database.isKeyword("all") || wanted.equals(databaseUser);
        }

        private String withGroup(Matcher matcher) {
            return matcher.groupCount() == 0
                    ? database.text()
                    : database.text().replace("\\1", String.valueOf(matcher.group(1)));
        }
    }

    public static IdentMap read(Path file) {
        AuthLines lines = AuthLines.read(file);
        List<Report> problems = new ArrayList<>(lines.problems());
        List<Entry> entries = new ArrayList<>();
        for (AuthLines.Line line : lines.lines()) {
            if (line.fields().size() < FIELDS) {
                problems.add(line.problem("missing entry at end of line"));
                continue;
            }
            Token system = line.fields().get(1).getFirst();
            Token database = line.fields().get(2).getFirst();
            try {
                Pattern expression = system.isMarked('/') ? Pattern.compile(system.unmarked()) : null;
                entries.add(new Entry(line.fields().getFirst().getFirst().text(), system, expression, database));
            } catch (PatternSyntaxException e) {
                problems.add(line.problem(
                        "invalid regular expression \"" + system.unmarked() + "\": " + e.getDescription()));
            }
        }
        return new IdentMap(entries, problems);
    }

    /**
     * Whether {@code systemUser} may be {@code databaseUser}.
     *
     * @param map name of the map; empty for none, which wants the same name
     */
    public boolean allows(String map, String systemUser, String databaseUser) {
        return map.isEmpty()
                ? systemUser.equals(databaseUser)
                : entries.stream().anyMatch(entry -> entry.map().equals(map) && entry.maps(systemUser, databaseUser));
    }
}
