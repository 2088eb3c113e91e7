package dev.postmaster.ctl;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads arguments as pg_ctl does: {@code getopt_long}, the verb anywhere among the options (CTL-1). */
final class Arguments {
    private static final String WITH_VALUE = "Dlmotp";
    private static final String FLAGS = "scwWf";

    /** Long options by name; the letter stands for them from there on, a digit where there is none. */
    private static final Map<String, Character> LONG = Map.ofEntries(
            Map.entry("pgdata", 'D'),
            Map.entry("log", 'l'),
            Map.entry("mode", 'm'),
            Map.entry("options", 'o'),
            Map.entry("timeout", 't'),
            Map.entry("silent", 's'),
            Map.entry("core-files", 'c'),
            Map.entry("wait", 'w'),
            Map.entry("no-wait", 'W'),
            Map.entry("follow", 'f'),
            Map.entry("allow-root", '0'),
            Map.entry("kind", '1'),
            Map.entry("pid", '2'),
            Map.entry("level", '3'));

    private static final Set<Character> LONG_WITH_VALUE = Set.of('D', 'l', 'm', 'o', 't', '1', '2', '3');

    private final List<String> arguments;
    private final List<String> words = new ArrayList<>();
    private final OptionValues values;
    private int next;

    private Arguments(List<String> arguments, Map<String, String> environment) {
        this.arguments = arguments;
        this.values = new OptionValues(environment);
    }

    /** @param environment of the process; PGDATA stands in for {@code -D}, PGCTLTIMEOUT for {@code -t} */
    static Parsed parse(List<String> arguments, Map<String, String> environment) {
        String first = arguments.isEmpty() ? "" : arguments.getFirst();
        if (first.equals("--help") || first.equals("-?")) {
            return new Parsed.Print(Help.TEXT);
        }
        if (first.equals("--version") || first.equals("-V")) {
            return new Parsed.Print(Help.version());
        }
        return new Arguments(arguments, environment).parse();
    }

    private Parsed parse() {
        while (next < arguments.size()) {
            Parsed.Refused refusal = argument(arguments.get(next++));
            if (refusal != null) {
                return refusal;
            }
        }
        if (words.isEmpty()) {
            return OptionValues.refused("no operation specified");
        }
        Optional<Verb> verb = Verb.named(words.getFirst());
        return verb.isPresent()
                ? values.request(verb.get(), words)
                : OptionValues.refused("unrecognized operation mode", words.getFirst());
    }

    /** Null to go on. */
    private Parsed.@Nullable Refused argument(String argument) {
        if (argument.equals("--")) {
            words.addAll(arguments.subList(next, arguments.size()));
            next = arguments.size();
            return null;
        }
        if (argument.startsWith("--")) {
            return longOption(argument.substring(2));
        }
        if (argument.startsWith("-") && argument.length() > 1) {
            return letters(argument);
        }
        words.add(argument);
        return null;
    }

    private Parsed.@Nullable Refused longOption(String text) {
        int equals = text.indexOf('=');
        String name = equals < 0 ? text : text.substring(0, equals);
        Character letter = LONG.get(name);
        if (letter == null) {
            return OptionValues.refused("unrecognized option '--" + name + "'");
        }
        if (!LONG_WITH_VALUE.contains(letter)) {
            return equals < 0
                    ? values.flag(letter)
                    : OptionValues.refused("option '--" + name + "' doesn't allow an argument");
        }
        if (equals >= 0) {
            return values.option(letter, text.substring(equals + 1));
        }
        return next < arguments.size()
                ? values.option(letter, arguments.get(next++))
                : OptionValues.refused("option '--" + name + "' requires an argument");
    }

    /** One or more letters behind one dash; the first that takes a value has the rest, or the next word. */
    private Parsed.@Nullable Refused letters(String word) {
        for (int i = 1; i < word.length(); i++) {
            char letter = word.charAt(i);
            if (WITH_VALUE.indexOf(letter) >= 0) {
                if (i + 1 < word.length()) {
                    return values.option(letter, word.substring(i + 1));
                }
                return next < arguments.size()
                        ? values.option(letter, arguments.get(next++))
                        : OptionValues.refused("option requires an argument -- '" + letter + "'");
            }
            if (FLAGS.indexOf(letter) < 0) {
                return OptionValues.refused("invalid option -- '" + letter + "'");
            }
            values.flag(letter);
        }
        return null;
    }
}
