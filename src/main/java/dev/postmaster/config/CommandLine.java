package dev.postmaster.config;

import java.util.Map;

/** What the arguments of the postmaster ask for. */
public sealed interface CommandLine {
    /** Run with these settings, texts by name. */
    record Serve(Map<String, String> settings) implements CommandLine {}

    /** Print the value of one setting and exit 0 ({@code -C}), also beside a running server. */
    record ShowSetting(String name, Map<String, String> settings) implements CommandLine {}

    /** Print the text on standard output and exit 0. */
    record Print(String text) implements CommandLine {}

    /** Print the text on standard error and exit 1. */
    record Refused(String text) implements CommandLine {}

    /**
     * Reads the arguments.
     *
     * @param environment of the process; {@code PGDATA} stands in for {@code -D}
     * @param version what {@code --version} prints
     */
    static CommandLine parse(String[] arguments, Map<String, String> environment, String version) {
        return new CommandLineParser(arguments, environment, version).parse();
    }
}
