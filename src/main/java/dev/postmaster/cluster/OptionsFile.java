package dev.postmaster.cluster;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** {@code postmaster.opts}: how the postmaster was started, for a control tool that restarts it (DD-19). */
public final class OptionsFile {
    private OptionsFile() {}

    /**
     * One line: the program, then each argument in quotes.
     *
     * @param program what starts it; for a JVM this is more than one word, and its own options are part of it
     */
    public static void write(ClusterLayout layout, String program, List<String> arguments, FileModes modes)
            throws IOException {
        StringBuilder line = new StringBuilder(program);
        for (String argument : arguments) {
            line.append(" \"").append(argument).append('"');
        }
        DurableFiles.replace(
                layout.optionsFile(), line.append('\n').toString().getBytes(StandardCharsets.UTF_8), modes);
    }
}
