package dev.postmaster.initdb;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The command line of {@code init}, in initdb's spelling: {@code -X VALUE}, {@code -XVALUE}, {@code --name VALUE},
 * {@code --name=VALUE}, and the data directory perhaps without an option.
 */
final class InitOptions {
    /** Options with a value, by the letter they also have; those without one by their own name. */
    private static final Map<String, String> WITH_VALUE = Map.of(
            "-D", "--pgdata",
            "-U", "--username",
            "-A", "--auth",
            "--auth-local", "--auth-local",
            "--auth-host", "--auth-host",
            "--pwfile", "--pwfile");

    private static final Map<String, String> SWITCHES = Map.of("-g", "--allow-group-access", "-?", "--help");

    private final Map<String, String> given = new HashMap<>();

    private InitOptions() {}

    /** What is wrong with a command line, in one sentence. */
    static final class Misuse extends Exception {
        private static final long serialVersionUID = 1L;

        Misuse(String complaint) {
            super(complaint);
        }
    }

    static InitOptions parse(List<String> arguments) throws Misuse {
        InitOptions options = new InitOptions();
        for (int i = 0; i < arguments.size(); i++) {
            if (options.take(arguments.get(i), i + 1 < arguments.size() ? arguments.get(i + 1) : null)) {
                i++;
            }
        }
        return options;
    }

    /** Whether the argument behind it was taken as well. */
    private boolean take(String argument, @Nullable String next) throws Misuse {
        int equals = argument.startsWith("--") ? argument.indexOf('=') : -1;
        boolean letter = !argument.startsWith("--") && argument.startsWith("-") && argument.length() > 2;
        String word = equals > 0 ? argument.substring(0, equals) : letter ? argument.substring(0, 2) : argument;
        String name = name(WITH_VALUE, word);
        if (!name.isEmpty()) {
            if (equals > 0 || letter) {
                given.put(name, argument.substring(word.length() + (equals > 0 ? 1 : 0)));
                return false;
            }
            if (next == null) {
                throw new Misuse("option requires an argument -- '" + argument + "'");
            }
            given.put(name, next);
            return true;
        }
        String toggle = name(SWITCHES, argument);
        if (toggle.isEmpty()) {
            directory(argument);
        } else {
            given.put(toggle, "");
        }
        return false;
    }

    private void directory(String argument) throws Misuse {
        if (argument.startsWith("-")) {
            throw new Misuse("unrecognized option '" + argument + "'");
        }
        if (given.containsKey("--pgdata")) {
            throw new Misuse("too many command-line arguments (first is \"" + argument + "\")");
        }
        given.put("--pgdata", argument);
    }

    /** The long name of an option in a table; empty if it is not there. */
    private static String name(Map<String, String> options, String word) {
        return options.containsValue(word) ? word : options.getOrDefault(word, "");
    }

    boolean has(String name) {
        return given.containsKey(name);
    }

    Optional<String> value(String name) {
        return Optional.ofNullable(given.get(name));
    }
}
