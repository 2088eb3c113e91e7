package dev.postmaster.auth.hba;

import dev.postmaster.config.Inclusion;
import dev.postmaster.report.FileErrors;
import dev.postmaster.report.Report;
import dev.postmaster.report.Severity;
import dev.postmaster.report.SqlState;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The lines of {@code pg_hba.conf} or {@code pg_ident.conf} with those of the files they include, and all that kept us
 * from reading them (tokenize_auth_file).
 */
final class AuthLines {
    private static final int MAX_DEPTH = 10;

    private final List<Line> lines = new ArrayList<>();
    private final List<Report> problems = new ArrayList<>();

    /** A line that says something: at least one field, none of them empty. */
    record Line(HbaRule.Place place, String text, List<List<Token>> fields) {
        Report problem(String message) {
            return AuthLines.problem(message, place);
        }
    }

    static AuthLines read(Path file) {
        AuthLines all = new AuthLines();
        all.include(file, false, 0, null);
        return all;
    }

    List<Line> lines() {
        return lines;
    }

    List<Report> problems() {
        return problems;
    }

    private static Report problem(String message, HbaRule.@Nullable Place place) {
        Report report = Report.of(Severity.LOG, SqlState.CONFIG_FILE_ERROR, message);
        return place == null ? report : report.withContext(place.context());
    }

    private static Report unreadable(String what, IOException e, HbaRule.@Nullable Place from) {
        return problem("could not open " + what + ": " + FileErrors.words(e), from);
    }

    private void include(Path file, boolean mayBeMissing, int depth, HbaRule.@Nullable Place from) {
        if (mayBeMissing && !Files.exists(file)) {
            return;
        }
        List<String> read = linesOf(file, "configuration file \"" + file + "\"", depth, from);
        for (int i = 0; i < read.size(); i++) {
            int number = i + 1;
            StringBuilder text = new StringBuilder(read.get(i));
            while (!text.isEmpty() && text.charAt(text.length() - 1) == '\\' && i + 1 < read.size()) {
                text.setLength(text.length() - 1);
                text.append(read.get(++i));
            }
            line(text.toString(), new HbaRule.Place(file, number), depth);
        }
    }

    private List<String> linesOf(Path file, String what, int depth, HbaRule.@Nullable Place from) {
        try {
            if (depth <= MAX_DEPTH) {
                return Files.readAllLines(file);
            }
            problems.add(problem("could not open " + what + ": maximum nesting depth exceeded", from));
        } catch (IOException e) {
            problems.add(unreadable(what, e, from));
        }
        return List.of();
    }

    private void line(String text, HbaRule.Place place, int depth) {
        List<List<Token>> words = Words.of(text);
        if (words.isEmpty()) {
            return;
        }
        Token first = words.getFirst().getFirst();
        if (words.size() == 2 && isInclude(first)) {
            included(first, words.get(1).getFirst().text(), place, depth + 1);
            return;
        }
        List<List<Token>> fields = new ArrayList<>();
        for (List<Token> field : words) {
            List<Token> expanded = new ArrayList<>();
            field.forEach(token -> expand(token, place, depth, expanded));
            fields.add(expanded);
        }
        if (fields.stream().noneMatch(List::isEmpty)) { // an empty one has been complained of
            lines.add(new Line(place, text, fields));
        }
    }

    private void included(Token how, String name, HbaRule.Place place, int depth) {
        boolean isDirectory = how.isKeyword("include_dir");
        String said = name;
        try {
            Path target = Inclusion.beside(place.file(), name);
            said = target.toString();
            if (isDirectory) {
                Inclusion.filesOf(target).forEach(file -> include(file, false, depth, place));
            } else {
                include(target, how.isKeyword("include_if_exists"), depth, place);
            }
        } catch (IOException e) {
            String what = isDirectory ? "configuration directory" : "configuration file";
            problems.add(unreadable(what + " \"" + said + "\"", e, place));
        }
    }

    private static boolean isInclude(Token word) {
        return word.isKeyword("include") || word.isKeyword("include_if_exists") || word.isKeyword("include_dir");
    }

    /** {@code @file} stands for the words in that file, which may name further files. */
    private void expand(Token token, HbaRule.Place place, int depth, List<Token> into) {
        if (!token.isMarked('@')) {
            into.add(token);
            return;
        }
        Path list;
        try {
            list = Inclusion.beside(place.file(), token.unmarked());
        } catch (IOException e) {
            problems.add(unreadable("secondary authentication file \"" + token.text() + "\"", e, place));
            return;
        }
        String what = "secondary authentication file \"" + token.text() + "\" as \"" + list + "\"";
        int before = into.size();
        int known = problems.size();
        HbaRule.Place inside = new HbaRule.Place(list, place.line());
        for (String line : linesOf(list, what, depth + 1, place)) {
            Words.of(line).forEach(field -> field.forEach(word -> expand(word, inside, depth + 1, into)));
        }
        if (into.size() == before && problems.size() == known) {
            problems.add(problem("file \"" + list + "\" names nobody", place));
        }
    }
}
