package dev.postmaster.initdb;

import dev.postmaster.cluster.ClusterLayout;
import dev.postmaster.cluster.FileModes;
import dev.postmaster.report.Report;
import dev.postmaster.report.ReportException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/** {@code init -D DIR}: the command a person types, with initdb's words and exit statuses. */
public final class InitDb {
    private static final String NAME = "initdb";

    private static final String HELP = """
            initdb initializes a database cluster.

            Usage:
              init [OPTION]... [DATADIR]

            Options:
             [-D, --pgdata=]DATADIR     location for this database cluster
              -g, --allow-group-access  allow group read/execute on data directory
              -U, --username=NAME       database superuser name
                  --pwfile=FILE         read password for the new superuser from file
              -A, --auth=METHOD         method of authentication in pg_hba.conf, "trust" by default
                  --auth-local=METHOD   the same for Unix sockets
                  --auth-host=METHOD    the same for TCP connections of this machine
              -?, --help                show this help, then exit

            If the data directory is not specified, the environment variable PGDATA
            is used. The superuser's name is by default that of the user of the operating
            system.
            """;

    private final Map<String, String> environment;
    private final PrintStream out;
    private final PrintStream err;

    /** A command that speaks to these streams. */
    InitDb(Map<String, String> environment, PrintStream out, PrintStream err) {
        this.environment = environment;
        this.out = out;
        this.err = err;
    }

    /**
     * Creates a cluster.
     *
     * @param arguments with {@code init} first
     * @return the exit status: 0 when the cluster is there, 1 when it is not
     */
    public static int run(String[] arguments) {
        return new InitDb(System.getenv(), System.out, System.err)
                .run(List.of(arguments).subList(1, arguments.length));
    }

    /** The same for another command, which has its own idea of where to print. */
    public static int run(List<String> arguments, PrintStream out, PrintStream err) {
        return new InitDb(System.getenv(), out, err).run(arguments);
    }

    int run(List<String> arguments) {
        InitOptions options;
        try {
            options = InitOptions.parse(arguments);
        } catch (InitOptions.Misuse misuse) {
            return usage(String.valueOf(misuse.getMessage()));
        }
        if (options.has("--help")) {
            out.print(HELP);
            return 0;
        }
        String target = options.value("--pgdata").orElseGet(() -> environment.getOrDefault("PGDATA", ""));
        return target.isEmpty() ? noDirectory() : create(Path.of(target), options);
    }

    private int create(Path target, InitOptions options) {
        FileModes modes = options.has("--allow-group-access") ? FileModes.GROUP_READABLE : FileModes.OWNER_ONLY;
        try {
            FirstAccess access = FirstAccess.of(options);
            out.print("The files belonging to this database system will be owned by user \""
                    + System.getProperty("user.name") + "\".\nThis user must also own the server process.\n\n");
            new ClusterCreation(new ClusterLayout(target), modes, access, new Steps()).create(Instant.now());
        } catch (ReportException e) {
            complain(e.report());
            return 1;
        }
        out.print("\nSuccess. You can now start the database server using:\n\n    bin/run -D " + target + "\n\n");
        out.flush();
        return 0;
    }

    private int noDirectory() {
        err.println(NAME + ": error: no data directory specified");
        err.println(
                NAME + ": hint: You must identify the directory where the data for this database system will reside.  "
                        + "Do this with either the invocation option -D or the environment variable PGDATA.");
        return 1;
    }

    private int usage(String complaint) {
        err.println(NAME + ": error: " + complaint);
        err.println(NAME + ": hint: Try \"init --help\" for more information.");
        return 1;
    }

    private void complain(Report report) {
        out.flush();
        err.println(NAME + ": error: " + report.message());
        if (report.detail() != null) {
            err.println(NAME + ": detail: " + report.detail());
        }
        if (report.hint() != null) {
            err.println(NAME + ": hint: " + report.hint());
        }
    }

    /** Prints {@code creating subdirectories ... ok}. */
    private final class Steps implements ClusterCreation.Progress {
        @Override
        public void begins(String step) {
            out.print(step + " ... ");
            out.flush();
        }

        @Override
        public void ends() {
            out.println("ok");
        }

        @Override
        public void notes(String sentence) {
            out.println();
            out.flush();
            err.println(NAME + ": " + sentence);
        }
    }
}
