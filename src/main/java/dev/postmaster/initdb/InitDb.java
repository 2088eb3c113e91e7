package dev.postmaster.initdb;

import dev.postmaster.auth.role.RoleBook;
import dev.postmaster.cluster.ClusterLayout;
import dev.postmaster.cluster.FileModes;
import dev.postmaster.report.Report;
import dev.postmaster.report.ReportException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

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
              -?, --help                show this help, then exit

            If the data directory is not specified, the environment variable PGDATA
            is used. The superuser's name is by default that of the user of the operating
            system.
            """;

    private final Map<String, String> environment;
    private final PrintStream out;
    private final PrintStream err;

    private @Nullable String directory;
    private String superuser = System.getProperty("user.name");
    private FileModes modes = FileModes.OWNER_ONLY;

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
        for (int i = 0; i < arguments.size(); i++) {
            String option = arguments.get(i);
            switch (option) {
                case "--help", "-?" -> {
                    out.print(HELP);
                    return 0;
                }
                case "-g", "--allow-group-access" -> modes = FileModes.GROUP_READABLE;
                case "-D", "--pgdata", "-U", "--username" -> {
                    if (++i == arguments.size()) {
                        return usage("option requires an argument -- '" + option + "'");
                    }
                    if (option.endsWith("D") || option.equals("--pgdata")) {
                        directory = arguments.get(i);
                    } else {
                        superuser = arguments.get(i);
                    }
                }
                default -> {
                    if (!positional(option)) {
                        return 1;
                    }
                }
            }
        }
        String target = directory == null ? environment.getOrDefault("PGDATA", "") : directory;
        return target.isEmpty() ? noDirectory() : create(Path.of(target));
    }

    /** An option with its value, or {@code DIR}; false after a complaint. */
    private boolean positional(String argument) {
        if (argument.startsWith("--pgdata=")) {
            directory = argument.substring("--pgdata=".length());
        } else if (argument.startsWith("-D")) {
            directory = argument.substring(2);
        } else if (argument.startsWith("--username=")) {
            superuser = argument.substring("--username=".length());
        } else if (argument.startsWith("-U")) {
            superuser = argument.substring(2);
        } else if (argument.startsWith("-")) {
            usage("unrecognized option '" + argument + "'");
            return false;
        } else if (directory != null) {
            usage("too many command-line arguments (first is \"" + argument + "\")");
            return false;
        } else {
            directory = argument;
        }
        return true;
    }

    private int create(Path target) {
        if (superuser.startsWith("pg_")) {
            err.println(NAME + ": error: superuser name \"" + superuser
                    + "\" is disallowed; role names cannot begin with \"pg_\"");
            return 1;
        }
        out.print("The files belonging to this database system will be owned by user \""
                + System.getProperty("user.name") + "\".\nThis user must also own the server process.\n\n");
        try {
            RoleBook roles = RoleBook.initial(superuser, Optional.empty());
            new ClusterCreation(new ClusterLayout(target), modes, roles, new Steps()).create(Instant.now());
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
