package dev.postmaster.child.backend;

import static dev.postmaster.child.backend.Errors.fatal;

import dev.postmaster.report.ReportException;
import dev.postmaster.report.SqlState;
import dev.postmaster.wire.StartupPacket.Startup;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** The settings a session begins with: the server's, then what the startup packet asks for (process_startup_options). */
final class StartupSettings {
    private static final String OPTIONS = "options";

    private StartupSettings() {}

    /** @throws ReportException for a setting that is unknown, or cannot be set, or not to this value */
    static SettingValues of(SettingValues server, Startup startup) {
        SettingValues values = server;
        String options = startup.settings().get(OPTIONS);
        if (options != null) {
            values = withOptions(values, words(options));
        }
        for (Map.Entry<String, String> setting : startup.settings().entrySet()) {
            if (!setting.getKey().equals(OPTIONS)) {
                values = values.atStart(setting.getKey(), setting.getValue());
            }
        }
        return values.withOwn(SettingTable.SESSION_AUTHORIZATION, startup.user());
    }

    /** {@code -c name=value}, {@code -cname=value} or {@code --name=value}, where a dash in a name is an underscore. */
    private static SettingValues withOptions(SettingValues values, List<String> words) {
        SettingValues changed = values;
        for (int i = 0; i < words.size(); i++) {
            String word = words.get(i);
            if (!word.startsWith("--") && !word.startsWith("-c")) {
                throw invalid(word);
            }
            boolean inNextWord = word.equals("-c") && i + 1 < words.size();
            String assignment = inNextWord ? words.get(++i) : word.substring(2);
            int equals = assignment.indexOf('=');
            if (equals <= 0) {
                throw invalid(word);
            }
            changed = changed.atStart(
                    assignment.substring(0, equals).replace('-', '_'), assignment.substring(equals + 1));
        }
        return changed;
    }

    private static ReportException invalid(String word) {
        return new ReportException(
                fatal(SqlState.SYNTAX_ERROR, "invalid command-line argument for server process: " + word));
    }

    /** Words between blanks; a backslash takes the next character as it is (pg_split_opts). */
    private static List<String> words(String options) {
        List<String> words = new ArrayList<>();
        StringBuilder word = new StringBuilder();
        for (int i = 0; i < options.length(); i++) {
            char c = options.charAt(i);
            if (c == '\\' && i + 1 < options.length()) {
                word.append(options.charAt(++i));
            } else if (!Character.isWhitespace(c)) {
                word.append(c);
            } else if (!word.isEmpty()) {
                words.add(word.toString());
                word.setLength(0);
            }
        }
        if (!word.isEmpty()) {
            words.add(word.toString());
        }
        return words;
    }
}
