package dev.postmaster.auth.hba;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * One line of {@code pg_hba.conf}.
 *
 * @param options what follows the method, such as {@code map}
 * @param text the line as it was written, for the log
 */
public record HbaRule(
        ConnectionType type,
        List<NameMatch> databases,
        List<NameMatch> users,
        AddressRange addresses,
        AuthMethod method,
        Map<String, String> options,
        Place place,
        String text) {

    /** Where a line stands; a line that goes on is where it begins. */
    public record Place(Path file, int line) {
        /** PostgreSQL's context of an error. */
        String context() {
            return "line " + line + " of configuration file \"" + file + "\"";
        }
    }

    /** The map of {@code pg_ident.conf} that says who may be whom; empty if names must be the same. */
    public String map() {
        return options.getOrDefault(RuleOption.MAP, "");
    }

    /** What the client's certificate must be like. */
    public ClientCertificate clientCertificate() {
        if (method == AuthMethod.CERT) {
            return ClientCertificate.VERIFY_FULL;
        }
        String asked = options.getOrDefault(RuleOption.CLIENT_CERTIFICATE, "");
        return switch (asked) {
            case "verify-ca" -> ClientCertificate.VERIFY_CA;
            case "verify-full" -> ClientCertificate.VERIFY_FULL;
            default -> ClientCertificate.IGNORED;
        };
    }

    /** Whether it is the whole distinguished name of a certificate that must be the user's, not the common name in it. */
    public boolean comparesDistinguishedName() {
        return "DN".equals(options.get(RuleOption.CLIENT_NAME));
    }

    boolean isFor(Knock knock) {
        return type.admits(knock.transport())
                && (knock.address() == null || addresses.contains(knock.address()))
                && anyDatabase(knock)
                && anyUser(knock);
    }

    private boolean anyDatabase(Knock knock) {
        for (NameMatch database : databases) {
            if (database.isDatabaseOf(knock)) {
                return true;
            }
        }
        return false;
    }

    private boolean anyUser(Knock knock) {
        for (NameMatch user : users) {
            if (user.isUserOf(knock)) {
                return true;
            }
        }
        return false;
    }
}
