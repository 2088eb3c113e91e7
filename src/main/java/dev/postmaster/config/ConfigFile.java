package dev.postmaster.config;

import dev.postmaster.report.FileErrors;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * A configuration file with the files it includes, read once: all assignments in order, and all that is wrong. A file
 * that is not there says nothing; every setting then keeps what the other sources give it.
 */
final class ConfigFile {
    private static final int MAX_DEPTH = 10;

    private final List<Entry> entries = new ArrayList<>();
    private final List<String> problems = new ArrayList<>();

    /** Where an assignment stands, for messages. */
    record Entry(String name, String value, Path file, int line) {
        String problem(String message) {
            return at(file, line) + message;
        }
    }

    static ConfigFile read(Path file, boolean mayBeMissing) {
        ConfigFile config = new ConfigFile();
        config.include(file, mayBeMissing, 0, "");
        return config;
    }

    /** The last assignment of a setting wins. */
    List<Entry> entries() {
        return entries;
    }

    List<String> problems() {
        return problems;
    }

    private static String at(Path file, int line) {
        return "file \"" + file + "\" line " + line + ": ";
    }

    private void include(Path file, boolean mayBeMissing, int depth, String from) {
        if (depth > MAX_DEPTH) {
            problems.add(from + "could not open configuration file \"" + file + "\": maximum nesting depth exceeded");
            return;
        }
        try {
            List<String> lines = Files.readAllLines(file);
            for (int i = 0; i < lines.size(); i++) {
                line(lines.get(i), file, i + 1, depth);
            }
        } catch (NoSuchFileException missing) {
            if (!mayBeMissing) {
                problems.add(unreadable("configuration file", file.toString(), from, missing));
            }
        } catch (IOException e) {
            problems.add(unreadable("configuration file", file.toString(), from, e));
        }
    }

    private static String unreadable(String what, String file, String from, IOException e) {
        return from + "could not open " + what + " \"" + file + "\": " + FileErrors.words(e);
    }

    private void line(String text, Path file, int number, int depth) {
        switch (ConfigLine.of(text)) {
            case ConfigLine.Nothing() -> {}
            case ConfigLine.SyntaxError(String near) ->
                problems.add(at(file, number) + "syntax error, near "
                        + (near.isEmpty() ? "end of line" : "token \"" + near + "\""));
            case ConfigLine.Assignment(String name, String value) ->
                assignment(new Entry(name.toLowerCase(Locale.ROOT), value, file, number), depth);
        }
    }

    private void assignment(Entry entry, int depth) {
        switch (entry.name()) {
            case "include" -> included(entry, false, depth + 1);
            case "include_if_exists" -> included(entry, true, depth + 1);
            case "include_dir" -> includeDirectory(entry, depth + 1);
            default -> entries.add(entry);
        }
    }

    private void included(Entry entry, boolean mayBeMissing, int depth) {
        String from = entry.problem("");
        try {
            include(Inclusion.beside(entry.file(), entry.value()), mayBeMissing, depth, from);
        } catch (IOException e) {
            problems.add(unreadable("configuration file", entry.value(), from, e));
        }
    }

    private void includeDirectory(Entry entry, int depth) {
        String from = entry.problem("");
        String directory = entry.value();
        try {
            Path target = Inclusion.beside(entry.file(), directory);
            directory = target.toString();
            Inclusion.filesOf(target).forEach(file -> include(file, false, depth, from));
        } catch (IOException e) {
            problems.add(unreadable("configuration directory", directory, from, e));
        }
    }
}
