package dev.postmaster.ctl;

import dev.postmaster.launch.Installation;
import dev.postmaster.launch.JvmSignals;
import dev.postmaster.launch.NativeImage;
import dev.postmaster.os.SpawnPlan;
import dev.postmaster.report.ReportException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** The command that becomes the postmaster: a shell that opens the log and executes it (CTL-6). */
final class ServerCommand {
    private static final String SHELL = "/bin/sh";

    private final Request request;
    private final String options;

    /** @param options a shell's words, after the data directory */
    ServerCommand(Request request, String options) {
        this.request = request;
        this.options = options;
    }

    /** @param grandparent our own parent: if a lock file names it, that is a coincidence of numbers (DD-13) */
    SpawnPlan plan(int grandparent, Map<String, String> environment) {
        var variables = new TreeMap<>(environment);
        variables.putAll(JvmSignals.ENVIRONMENT);
        variables.put("PG_GRANDPARENT_PID", Integer.toString(grandparent));
        List<String> lines = new ArrayList<>();
        variables.forEach((name, value) -> lines.add(name + "=" + value));
        return SpawnPlan.of(SHELL, List.of(SHELL, "-c", text()))
                .environment(lines)
                .blocking(JvmSignals.OF_POSTMASTER) // it would execute itself once more otherwise
                .inheritStandard(0)
                .inheritStandard(1)
                .inheritStandard(2);
    }

    String text() {
        Request.Server server = request.server();
        var text = new StringBuilder(server.coreFiles() ? coreLimit() : "");
        text.append("exec ").append(server.program().map(ServerCommand::quoted).orElseGet(ServerCommand::ourProgram));
        text.append(" -D ")
                .append(quoted(request.directory().toAbsolutePath().normalize().toString()));
        if (server.coreFiles()) {
            text.append(" -c core_files=on");
        }
        if (server.allowRoot()) {
            text.append(" -c allow_root=on");
        }
        if (!options.isBlank()) {
            text.append(' ').append(options.strip());
        }
        text.append(" < /dev/null");
        server.log().ifPresent(file -> text.append(" >> ").append(quoted(file.toString())));
        return text.append(" 2>&1").toString();
    }

    private static String ourProgram() {
        if (NativeImage.isRunning()) {
            return quoted(NativeImage.executable().toString());
        }
        try {
            String java =
                    Path.of(System.getProperty("java.home"), "bin", "java").toString();
            Installation installation = Installation.find();
            var words = new StringBuilder(quoted(java) + " --enable-native-access=ALL-UNNAMED " + JvmSignals.REDUCED);
            installation.fastStart().forEach(option -> words.append(' ').append(quoted(option)));
            return words + " -jar " + quoted(installation.runJar().toString());
        } catch (ReportException e) {
            throw CtlFailure.of(e.report().message());
        }
    }

    /** Raises the limit as far as it goes. */
    private static String coreLimit() {
        try (var limits = Files.lines(Path.of("/proc/self/limits"))) {
            if (limits.anyMatch(line -> line.matches("Max core file size +\\S+ +0 +bytes *"))) {
                throw CtlFailure.of("cannot set core file size limit; disallowed by hard limit");
            }
        } catch (IOException unknown) {
            return "";
        }
        return "ulimit -S -c \"$(ulimit -H -c)\"; ";
    }

    static String quoted(String word) {
        return "'" + word.replace("'", "'\\''") + "'";
    }
}
