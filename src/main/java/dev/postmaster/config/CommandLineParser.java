package dev.postmaster.config;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads arguments as {@code getopt} and PostmasterMain do (PM-1 step 3): {@code -p5433}, {@code -ip 5433}, {@code --a=b}. */
final class CommandLineParser {
    private static final String WITH_ARGUMENT = "cCDdhkNp";
    private static final String TRY_HELP = "Try \"postmaster --help\" for more information.\n";
    private static final String HELP = """
            postmaster is the server that gives every client a process of its own.

            Usage:
              postmaster [OPTION]...

            Options:
              -c NAME=VALUE      set a setting
              -C NAME            print the value of a setting, then exit
              -d 1-5             debugging level
              -D DATADIR         data directory; PGDATA in the environment stands in for it
              -h HOSTNAME        host name or address to listen on (listen_addresses)
              -i                 listen on every address
              -k DIRECTORY       directory of the Unix socket (unix_socket_directories)
              -N MAX-CONNECT     maximum number of sessions (max_connections)
              -p PORT            port to listen on (port)
              --NAME=VALUE       set a setting
              -V, --version      print the version, then exit
              -?, --help         show this help, then exit
            """;

    private final String[] arguments;
    private final String version;
    private final Map<String, String> settings = new LinkedHashMap<>();
    private int next;
    private @Nullable String shown;

    CommandLineParser(String[] arguments, Map<String, String> environment, String version) {
        this.arguments = arguments;
        this.version = version;
        String dataDirectory = environment.getOrDefault("PGDATA", "");
        if (!dataDirectory.isEmpty()) {
            set(Guc.DATA_DIRECTORY, dataDirectory);
        }
    }

    CommandLine parse() {
        while (next < arguments.length) {
            CommandLine end = argument(arguments[next++]);
            if (end != null) {
                return end;
            }
        }
        return shown == null
                ? new CommandLine.Serve(Collections.unmodifiableMap(settings))
                : new CommandLine.ShowSetting(shown, Map.copyOf(settings));
    }

    /** Null to go on with the next argument. */
    private @Nullable CommandLine argument(String argument) {
        if (argument.equals("--help") || argument.equals("-?")) {
            return new CommandLine.Print(HELP);
        }
        if (argument.equals("--version") || argument.equals("-V")) {
            return new CommandLine.Print(version + "\n");
        }
        if (argument.startsWith("--") && argument.length() > 2) {
            return assignment(argument.substring(2), "--");
        }
        if (!argument.startsWith("-") || argument.length() == 1 || argument.equals("--")) {
            return refused("invalid argument: \"" + argument + "\"");
        }
        return letters(argument);
    }

    /** One or more letters behind one dash; the first that takes an argument has the rest, or the next word. */
    private @Nullable CommandLine letters(String word) {
        for (int i = 1; i < word.length(); i++) {
            char letter = word.charAt(i);
            if (WITH_ARGUMENT.indexOf(letter) < 0) {
                if (letter != 'i') {
                    return refused("invalid option -- '" + letter + "'");
                }
                set(Guc.LISTEN_ADDRESSES, "*");
                continue;
            }
            if (i + 1 < word.length()) {
                return option(letter, word.substring(i + 1));
            }
            return next < arguments.length
                    ? option(letter, arguments[next++])
                    : refused("option requires an argument -- '" + letter + "'");
        }
        return null;
    }

    private @Nullable CommandLine option(char letter, String value) {
        switch (letter) {
            case 'c' -> {
                return assignment(value, "-c ");
            }
            case 'C' -> shown = value;
            case 'D' -> set(Guc.DATA_DIRECTORY, value);
            case 'd' -> {
                return debug(value);
            }
            case 'h' -> set(Guc.LISTEN_ADDRESSES, value);
            case 'k' -> set(Guc.UNIX_SOCKET_DIRECTORIES, value);
            case 'N' -> set(Guc.MAX_CONNECTIONS, value);
            case 'p' -> set(Guc.PORT, value);
            default -> throw new AssertionError("option -" + letter + " takes an argument but means nothing");
        }
        return null;
    }

    private @Nullable CommandLine assignment(String text, String option) {
        int equals = text.indexOf('=');
        if (equals < 0) {
            return new CommandLine.Refused("postmaster: " + option + text + " requires a value\n");
        }
        settings.put(text.substring(0, equals).replace('-', '_').toLowerCase(Locale.ROOT), text.substring(equals + 1));
        return null;
    }

    /** As {@code set_debug_options} in postgres.c. */
    private @Nullable CommandLine debug(String level) {
        if (!level.matches("[0-5]")) {
            return refused("invalid debugging level: \"" + level + "\"");
        }
        set(Guc.LOG_MIN_MESSAGES, level.equals("0") ? "notice" : "debug" + level);
        if (!level.equals("0")) {
            set(Guc.LOG_CONNECTIONS, "on");
            set(Guc.LOG_DISCONNECTIONS, "on");
        }
        return null;
    }

    private void set(Setting<?> setting, String text) {
        settings.put(setting.name(), text);
    }

    private static CommandLine refused(String problem) {
        return new CommandLine.Refused("postmaster: " + problem + "\n" + TRY_HELP);
    }
}
