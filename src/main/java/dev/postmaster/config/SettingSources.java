package dev.postmaster.config;

import dev.postmaster.report.Report;
import dev.postmaster.report.ReportException;
import dev.postmaster.report.Severity;
import dev.postmaster.report.SqlState;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/**
 * Where values come from, strongest first: command line, configuration file, properties. The first and the last are
 * fixed for the life of the postmaster; the file is read anew by every load and reload.
 *
 * @param commandLine texts by setting name, from {@link CommandLine}
 * @param configFileExpected there was one at the start, so that a reload without it is a mistake
 * @param properties texts by setting name, from Quarkus (properties and environment)
 */
public record SettingSources(
        Map<String, String> commandLine, Path configFile, boolean configFileExpected, Map<String, String> properties) {
    private static final String CONFIG_FILE = "postmaster.conf";

    /** What says where the file is. */
    private static final Set<String> NOT_IN_FILE = Set.of(Guc.DATA_DIRECTORY.name(), Guc.CONFIG_FILE.name());

    /**
     * Finds the data directory, and {@code postmaster.conf} in it if {@code config_file} names no other file.
     *
     * @param property the value of a Quarkus property, such as {@code postmaster.max-connections}
     * @throws ReportException FATAL if nobody names a data directory
     */
    public static SettingSources of(Map<String, String> commandLine, Function<String, Optional<String>> property) {
        Map<String, String> properties = new LinkedHashMap<>();
        for (Setting<?> setting : Guc.all()) {
            property.apply(setting.propertyName()).ifPresent(text -> properties.put(setting.name(), text));
        }
        Map<String, String> given = new LinkedHashMap<>(properties);
        given.putAll(commandLine);
        String directoryName = given.getOrDefault(Guc.DATA_DIRECTORY.name(), "");
        if (directoryName.isEmpty()) {
            throw new ReportException(Report.of(
                            Severity.FATAL,
                            SqlState.CONFIG_FILE_ERROR,
                            "postmaster does not know where to find the database system data")
                    .withHint("Specify the -D invocation option or set the PGDATA environment variable."));
        }
        Path directory = absolute(directoryName);
        Map<String, String> strongest = new LinkedHashMap<>(commandLine);
        strongest.put(Guc.DATA_DIRECTORY.name(), directory.toString());
        String fileName = given.getOrDefault(Guc.CONFIG_FILE.name(), "");
        Path file = fileName.isEmpty() ? directory.resolve(CONFIG_FILE) : absolute(fileName);
        boolean expected = !fileName.isEmpty() || Files.exists(file);
        return new SettingSources(Collections.unmodifiableMap(strongest), file, expected, Map.copyOf(properties));
    }

    /** The postmaster changes its working directory. */
    private static Path absolute(String name) {
        return Path.of(name).toAbsolutePath().normalize();
    }

    /**
     * The settings at the start of the postmaster.
     *
     * @throws ReportException FATAL with one line of detail for each thing that is wrong
     */
    public Settings load() {
        Reading reading = read();
        if (!reading.problems.isEmpty()) {
            throw new ReportException(reading.report(Severity.FATAL, "the settings contain errors"));
        }
        return reading.settings;
    }

    /** The settings after SIGHUP. With anything wrong, all stay as they are. */
    public Reload reload(Settings current) {
        Reading reading = read();
        if (!reading.problems.isEmpty()) {
            return new Reload.Rejected(reading.report(
                    Severity.LOG,
                    "configuration file \"" + configFile + "\" contains errors; no changes were applied"));
        }
        return Reload.of(current, reading.settings);
    }

    private Reading read() {
        Reading reading = new Reading();
        properties.forEach((name, text) -> reading.put(
                name, text, message -> "property \"" + Settings.named(name).propertyName() + "\": " + message));
        ConfigFile file = ConfigFile.read(configFile, !configFileExpected);
        reading.problems.addAll(file.problems());
        file.entries().forEach(reading::put);
        commandLine.forEach((name, text) -> reading.put(name, text, message -> "command line: " + message));
        reading.problems.addAll(SettingRules.violations(reading.settings));
        return reading;
    }

    /** Values as they come in, weakest first, and what is wrong with them. */
    private static final class Reading {
        private final List<String> problems = new ArrayList<>();
        private Settings settings = Settings.DEFAULTS;

        void put(ConfigFile.Entry entry) {
            if (NOT_IN_FILE.contains(entry.name())) {
                problems.add(entry.problem("parameter \"" + entry.name() + "\" cannot be set in a configuration file"));
            } else {
                put(entry.name(), entry.value(), entry::problem);
            }
        }

        void put(String name, String text, Function<String, String> where) {
            try {
                settings = settings.with(Settings.named(name), text);
            } catch (ReportException e) {
                String hint = e.report().hint();
                problems.add(where.apply(e.report().message() + (hint == null ? "" : " (" + hint + ")")));
            }
        }

        Report report(Severity severity, String message) {
            return Report.of(severity, SqlState.CONFIG_FILE_ERROR, message).withDetail(String.join("\n", problems));
        }
    }
}
