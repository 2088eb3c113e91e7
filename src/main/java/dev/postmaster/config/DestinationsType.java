package dev.postmaster.config;

import dev.postmaster.report.LogDestination;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** A list of destinations of the log; the order does not matter. */
record DestinationsType() implements SettingType<Set<LogDestination>> {
    private static final ListType WORDS = new ListType();
    private static final SettingType<LogDestination> WORD = new EnumType<>(LogDestination.class, Map.of());

    @Override
    public Set<LogDestination> parse(String name, String text) {
        EnumSet<LogDestination> destinations = EnumSet.noneOf(LogDestination.class);
        for (String word : WORDS.parse(name, text)) {
            destinations.add(WORD.parse(name, word));
        }
        return Set.copyOf(destinations);
    }

    @Override
    public String format(Set<LogDestination> value) {
        List<String> words = value.stream().sorted().map(WORD::format).toList();
        return String.join(",", words);
    }

    @Override
    public String allowed() {
        return "a list of " + WORD.allowed();
    }
}
