package dev.postmaster.initdb;

import dev.postmaster.auth.role.RoleBook;
import dev.postmaster.auth.scram.ScramVerifier;
import dev.postmaster.report.FileErrors;
import dev.postmaster.report.Report;
import dev.postmaster.report.ReportException;
import dev.postmaster.report.Severity;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Set;

/**
 * Who may come into a new cluster.
 *
 * @param roles the first superuser, with a password or without
 * @param local the method for Unix sockets, as it stands in {@code pg_hba.conf}
 * @param host the method for this machine's own addresses
 */
record FirstAccess(RoleBook roles, String local, String host) {
    private static final String TRUST = "trust";
    private static final Set<String> PASSWORDS = Set.of("scram-sha-256", "md5");
    private static final Set<String> OF_ALL = Set.of(TRUST, "reject", "scram-sha-256", "md5");

    /** @throws ReportException FATAL if it makes no sense, or the password cannot be read */
    static FirstAccess of(InitOptions options) {
        String superuser = options.value("--username").orElseGet(() -> System.getProperty("user.name"));
        if (superuser.startsWith("pg_")) {
            throw failed("superuser name \"" + superuser + "\" is disallowed; role names cannot begin with \"pg_\"");
        }
        Optional<String> everywhere = options.value("--auth");
        String local = method(options.value("--auth-local").or(() -> everywhere), "local");
        String host = method(options.value("--auth-host").or(() -> everywhere), "host");
        Optional<String> verifier = options.value("--pwfile")
                .map(FirstAccess::password)
                .map(text -> ScramVerifier.of(text).text());
        if (verifier.isEmpty() && (PASSWORDS.contains(local) || PASSWORDS.contains(host))) {
            throw failed("must specify a password for the superuser to enable password authentication");
        }
        return new FirstAccess(RoleBook.initial(superuser, verifier), local, host);
    }

    private static String method(Optional<String> wanted, String type) {
        String method = wanted.orElse(TRUST);
        if (OF_ALL.contains(method) || (method.equals("peer") && type.equals("local"))) {
            return method;
        }
        throw failed("invalid authentication method \"" + method + "\" for \"" + type + "\" connections");
    }

    /** The first line of the file, as initdb reads it. */
    private static String password(String file) {
        try {
            String first = Files.readString(Path.of(file)).lines().findFirst().orElse("");
            if (first.isEmpty()) {
                throw failed("password file \"" + file + "\" is empty");
            }
            return first;
        } catch (IOException e) {
            throw failed("could not open file \"" + file + "\" for reading: " + FileErrors.words(e));
        }
    }

    private static ReportException failed(String message) {
        return new ReportException(Report.of(Severity.FATAL, message));
    }
}
