package dev.postmaster.launch;

import dev.postmaster.report.FileErrors;
import dev.postmaster.report.Report;
import dev.postmaster.report.ReportException;
import dev.postmaster.report.Severity;
import dev.postmaster.report.SqlState;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * Whom a program runs as.
 *
 * @param group name or number
 * @param account the line of the user database; empty for a number that has none
 */
record UserAndGroup(String user, String group, Optional<Account> account) {
    private static final Path USERS = Path.of("/etc/passwd");

    /** What a login would set. */
    record Account(String name, String home) {}

    /**
     * {@code user:group}, or a user alone, whose group the user database tells.
     *
     * @throws ReportException if there is no such user
     */
    static UserAndGroup of(String text) {
        int colon = text.indexOf(':');
        String user = colon < 0 ? text : text.substring(0, colon);
        Optional<String[]> line = find(user);
        Optional<Account> account = line.map(fields -> new Account(fields[0], fields[5]));
        boolean known = line.isPresent() || (colon >= 0 && isNumber(user));
        if (!known) {
            throw new ReportException(Report.of(
                            Severity.LOG, SqlState.INVALID_PARAMETER_VALUE, "user \"" + user + "\" does not exist")
                    .withHint("A user that is not in " + USERS + " has to be given by numbers, as in 1000:1000."));
        }
        String group = colon >= 0 ? text.substring(colon + 1) : line.orElseThrow()[3];
        return new UserAndGroup(user, group, account);
    }

    /** The arguments of setpriv. Other groups come from the database; who is not in it has none. */
    List<String> options() {
        return List.of("--reuid=" + user, "--regid=" + group, account.isPresent() ? "--init-groups" : "--clear-groups");
    }

    /** The variables by which programs find out whom they run as. */
    List<String> environment() {
        return account.map(known -> List.of("USER=" + known.name(), "LOGNAME=" + known.name(), "HOME=" + known.home()))
                .orElse(List.of());
    }

    /** name:password:user:group:comment:home:shell, of those lines that have all of it. */
    private static Optional<String[]> find(String user) {
        try {
            return Files.readAllLines(USERS).stream()
                    .map(line -> line.split(":", -1))
                    .filter(fields -> fields.length == 7 && (fields[0].equals(user) || fields[2].equals(user)))
                    .findFirst();
        } catch (IOException e) {
            throw new ReportException(FileErrors.report(Severity.LOG, "could not read file \"" + USERS + "\"", e), e);
        }
    }

    private static boolean isNumber(String text) {
        return !text.isEmpty() && text.chars().allMatch(c -> c >= '0' && c <= '9');
    }
}
