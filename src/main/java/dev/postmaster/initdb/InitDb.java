package dev.postmaster.initdb;

import dev.postmaster.cluster.ClusterLayout;
import dev.postmaster.report.FileErrors;
import dev.postmaster.report.ReportException;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.Optional;

/** The command {@code init [-D] DIR}: creates a cluster, or says why not and leaves nothing behind (initdb.c). */
public final class InitDb {
    private static final String USAGE = """
            Creates a cluster that a postmaster can serve.

            Usage:
              init [-D] DATADIR

            If the data directory is not specified, the environment variable PGDATA is used.
            """;

    private final PrintStream out;
    private final PrintStream err;

    private InitDb(PrintStream out, PrintStream err) {
        this.out = out;
        this.err = err;
    }

    /**
     * Runs the command.
     *
     * @param arguments with {@code init} first
     * @return the exit status: 0 if there is a cluster now, else 1
     */
    public static int run(String[] arguments) {
        return new InitDb(System.out, System.err).initialise(arguments);
    }

    private int initialise(String[] arguments) {
        if (arguments.length > 1 && arguments[1].equals("--help")) {
            out.print(USAGE);
            return 0;
        }
        Optional<Path> directory = directory(arguments);
        if (directory.isEmpty()) {
            err.println("init: error: no data directory specified");
            err.println("init: hint: You must identify the directory where the data for this database system will"
                    + " reside. Do this with either the invocation option -D or the environment variable PGDATA.");
            return 1;
        }
        try {
            new ClusterCreation(new ClusterLayout(directory.get()), out).create();
            out.println("Success. You can now start the database server using:\n");
            out.println("    bin/run -D " + directory.get() + "\n");
            return 0;
        } catch (IOException e) {
            err.println("init: error: could not create the cluster: " + FileErrors.words(e));
            return 1;
        } catch (ReportException e) {
            err.println("init: error: " + e.report().message());
            Optional.ofNullable(e.report().hint()).ifPresent(hint -> err.println("init: hint: " + hint));
            return 1;
        }
    }

    private static Optional<Path> directory(String[] arguments) {
        String last = arguments.length > 1
                ? arguments[arguments.length - 1]
                : System.getenv().getOrDefault("PGDATA", "");
        String name = last.startsWith("-D") ? last.substring(2) : last;
        return name.isEmpty()
                ? Optional.empty()
                : Optional.of(Path.of(name).toAbsolutePath().normalize());
    }
}
