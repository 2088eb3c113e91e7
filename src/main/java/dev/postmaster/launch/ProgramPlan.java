package dev.postmaster.launch;

import dev.postmaster.os.Errno;
import dev.postmaster.os.SpawnPlan;
import dev.postmaster.report.FileErrors;
import dev.postmaster.report.Report;
import dev.postmaster.report.ReportException;
import dev.postmaster.report.Severity;
import dev.postmaster.report.SqlState;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * How a {@link Program} is started. The kernel's call knows neither users nor limits nor a death signal, so util-linux's
 * tools for them stand before the program and make way for it: its process is still the one that was launched
 * (decision 0090).
 */
final class ProgramPlan {
    private static final String SET_PRIVILEGES = "setpriv";
    private static final String SET_LIMITS = "prlimit";

    /** Where programs are if PATH does not say. */
    private static final String SYSTEM_PATH = "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin";

    /** What a service manager, or the postmaster to itself, said to nobody else. */
    private static final Set<String> FOR_THE_POSTMASTER = Set.of(
            "POSTMASTER_REEXECUTED",
            "NOTIFY_SOCKET",
            "WATCHDOG_USEC",
            "WATCHDOG_PID",
            "LISTEN_FDS",
            "LISTEN_PID",
            "LISTEN_FDNAMES");

    /** Only the process itself knows its number before it is made. */
    private static final List<String> TELL_OWN_PID =
            List.of("/bin/sh", "-c", "LISTEN_PID=$$; export LISTEN_PID; exec \"$@\"", "sh");

    private final Program program;
    private final boolean passesSocket;
    private final Path directory;
    private final Optional<UserAndGroup> identity;
    private final Map<String, String> environment = new TreeMap<>();

    /**
     * Looks at what is to be run.
     *
     * @param inherited what is passed on from the postmaster, as lines {@code NAME=value}
     * @throws ReportException if there is no such user
     */
    ProgramPlan(Program program, boolean passesSocket, List<String> inherited, Path dataDirectory) {
        this.program = program;
        this.passesSocket = passesSocket;
        @Nullable Path own = program.directory();
        this.directory = own == null ? dataDirectory : dataDirectory.resolve(own);
        this.identity = program.user().isEmpty() ? Optional.empty() : Optional.of(UserAndGroup.of(program.user()));
        inherited.forEach(this::put);
        environment.keySet().removeAll(JvmSignals.ENVIRONMENT.keySet());
        environment.keySet().removeAll(FOR_THE_POSTMASTER);
        identity.ifPresent(known -> known.environment().forEach(this::put));
        if (passesSocket) {
            put("LISTEN_FDS=1");
            put("LISTEN_FDNAMES=connection");
        }
        program.environment().forEach(this::put);
    }

    /**
     * Why the program cannot be run, as execvp would say it: ENOENT if there is none, EACCES if there is one that nobody may
     * run.
     *
     * @throws ReportException if there is no directory to run it in
     */
    Optional<Errno> obstacle() {
        if (!Files.isDirectory(directory)) {
            Errno errno = Files.exists(directory) ? Errno.ENOTDIR : Errno.ENOENT;
            throw new ReportException(Report.of(
                    Severity.LOG,
                    FileErrors.sqlState(errno.number()),
                    "could not start program \"" + program.argv().getFirst() + "\": could not change directory to \""
                            + directory + "\": " + errno.message()));
        }
        String name = program.argv().getFirst();
        if (find(name).isPresent()) {
            return Optional.empty();
        }
        return Optional.of(candidates(name).anyMatch(Files::isRegularFile) ? Errno.EACCES : Errno.ENOENT);
    }

    /**
     * The plan without descriptors, for a program with no {@link #obstacle}.
     *
     * @throws ReportException if a tool is missing that the program's user or limits need
     */
    SpawnPlan plan() {
        List<String> argv = argv();
        return SpawnPlan.of(find(argv.getFirst()).orElseThrow(), argv)
                .environment(lines())
                .directory(directory);
    }

    /** Limits first: whoever is not root any more cannot raise them. */
    private List<String> argv() {
        List<String> argv = new ArrayList<>();
        if (!program.limits().isEmpty()) {
            argv.add(require(SET_LIMITS, "limits"));
            program.limits().forEach(limit -> argv.add("--" + limit));
            argv.add("--");
        }
        identity.ifPresent(ignored -> require(SET_PRIVILEGES, "a user"));
        if (find(SET_PRIVILEGES).isPresent()) {
            argv.addAll(List.of(SET_PRIVILEGES, "--pdeathsig", "TERM"));
            identity.ifPresent(known -> argv.addAll(known.options()));
            argv.add("--");
        }
        if (passesSocket) {
            argv.addAll(TELL_OWN_PID);
        }
        argv.addAll(program.argv());
        return argv;
    }

    private String require(String tool, String what) {
        if (find(tool).isEmpty()) {
            throw new ReportException(Report.of(
                            Severity.LOG,
                            SqlState.UNDEFINED_FILE,
                            "could not give " + what + " to program \""
                                    + program.argv().getFirst() + "\": \"" + tool + "\" is missing")
                    .withHint("It comes with util-linux."));
        }
        return tool;
    }

    /** As execvp finds it. */
    private Optional<String> find(String name) {
        return candidates(name)
                .filter(ProgramPlan::isProgram)
                .findFirst()
                .map(file -> name.contains("/") ? name : file.toString());
    }

    private Stream<Path> candidates(String name) {
        return name.contains("/")
                ? Stream.of(directory.resolve(name))
                : Stream.of(environment.getOrDefault("PATH", SYSTEM_PATH).split(":", -1))
                        .map(place -> directory.resolve(place).resolve(name));
    }

    private static boolean isProgram(Path file) {
        return Files.isRegularFile(file) && Files.isExecutable(file);
    }

    private void put(String line) {
        int equals = line.indexOf('=', 1);
        environment.put(line.substring(0, equals), line.substring(equals + 1));
    }

    private List<String> lines() {
        return environment.entrySet().stream()
                .map(variable -> variable.getKey() + "=" + variable.getValue())
                .toList();
    }
}
