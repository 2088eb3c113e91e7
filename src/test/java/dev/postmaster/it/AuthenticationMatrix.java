package dev.postmaster.it;

import static dev.postmaster.it.Caller.CAREFUL;
import static dev.postmaster.it.Caller.PLAIN;
import static dev.postmaster.it.Caller.SOCKET;
import static dev.postmaster.it.Caller.STRANGER;
import static dev.postmaster.it.Caller.TLS;
import static dev.postmaster.it.Caller.WITH_CERTIFICATE;

import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Every way to ask for a session times every way to be refused (CL-33, CL-34, CL-38). A rule of {@code pg_hba.conf} is
 * chosen by the name of the database. The messages are PostgreSQL 15's, which are asked for too.
 */
final class AuthenticationMatrix {
    static final String RULES = """
            host      all       postgres all trust
            host      trust,full,closed,nowhere all all trust
            host      reject    all all reject
            host      scram     all all scram-sha-256
            host      md5       all all md5
            hostssl   tls       all all scram-sha-256
            hostnossl plain     all all trust
            hostssl   cert      all all cert
            hostssl   cert_map  all all cert map=map
            hostssl   cert_dn   all all cert map=dn clientname=DN
            hostssl   with_ca   all all scram-sha-256 clientcert=verify-ca
            hostssl   with_name all all scram-sha-256 clientcert=verify-full
            hostssl   trusted   all all trust clientcert=verify-full
            local     peer      all     peer
            local     peer_map  all     peer map=map
            local     scram     all     scram-sha-256
            local     reject    all     reject
            """;
    /** The user of the operating system that runs the tests may be ann, and a certificate's ann bob. */
    static final String NAMES = """
            map ann bob
            map ann ghost
            map %1$s ann
            map %1$s ghost
            dn  /^CN=(.*)$ \\1
            """.formatted(System.getProperty("user.name"));

    static final List<String> DATABASES = List.of(
            "trust",
            "reject",
            "scram",
            "md5",
            "tls",
            "plain",
            "cert",
            "cert_map",
            "cert_dn",
            "with_ca",
            "with_name",
            "trusted",
            "peer",
            "peer_map",
            "nobody",
            "closed",
            "full");
    static final List<String> ROLES = List.of(
            "create role ann login password 'right'",
            "create role bob login password 'right'",
            "create role umlaut login password 'p\u00e4ssw\u00f6rd'",
            "create role expired login password 'right' valid until '2001-01-01'",
            "create role bare login",
            "create role crowd login password 'right' connection limit 0",
            "create role \"group\" password 'right'",
            "revoke connect on database closed from public",
            "alter database \"full\" connection limit 0");

    static final String IN = "";
    /** Refused by an alert of TLS, which each client tells in its own words. */
    static final String ALERT = "alert";

    private static final String UNKNOWN =
            "28000 no pg_hba.conf entry for host \"127.0.0.1\", user \"%s\", database \"%s\", ";
    private static final String REJECTED =
            "28000 pg_hba.conf rejects connection for host \"127.0.0.1\", user \"%s\", database \"%s\", ";
    private static final String NOT_ENCRYPTED = "no encryption";
    private static final String ENCRYPTED = "SSL encryption";
    private static final String WRONG = "28P01 password authentication failed for user \"%s\"";
    private static final String NO_ROLE = "28000 role \"%s\" does not exist";
    private static final String NO_LOGIN = "28000 role \"%s\" is not permitted to log in";
    private static final String NO_DATABASE = "3D000 database \"%2$s\" does not exist";
    private static final String ROLE_FULL = "53300 too many connections for role \"%s\"";
    private static final String DATABASE_FULL = "53300 too many connections for database \"%2$s\"";
    private static final String DENIED = "42501 permission denied for database \"%2$s\"";
    private static final String NO_CERTIFICATE = "28000 connection requires a valid client certificate";
    private static final String OTHER_CERTIFICATE = "28000 certificate authentication failed for user \"%s\"";
    private static final String NO_PEER = "28000 Peer authentication failed for user \"%s\"";

    private AuthenticationMatrix() {}

    /**
     * One try.
     *
     * @param tls whether the server offers it
     * @param password null for none
     * @param outcome SQLSTATE and message, with places for user and database; {@link #IN} for a session
     */
    record Try(
            boolean tls,
            Caller caller,
            String user,
            String database,
            @Nullable String password,
            String outcome) {
        String message() {
            return outcome.substring(6).formatted(user, database);
        }

        String sqlState() {
            return outcome.substring(0, 5);
        }
    }

    static Stream<Try> tries() {
        return Stream.of(
                of(PLAIN, "ann", "trust", null, IN),
                of(PLAIN, "ann", "trust", "wrong", IN),
                of(PLAIN, "ghost", "trust", null, NO_ROLE),
                of(PLAIN, "group", "trust", null, NO_LOGIN),
                of(PLAIN, "crowd", "trust", null, ROLE_FULL),
                of(PLAIN, "ann", "nowhere", null, NO_DATABASE),
                of(PLAIN, "ghost", "nowhere", null, NO_ROLE),
                of(PLAIN, "ann", "closed", null, DENIED),
                of(PLAIN, "ann", "full", null, DATABASE_FULL),
                of(PLAIN, "ann", "reject", "right", REJECTED + NOT_ENCRYPTED),
                of(PLAIN, "ghost", "reject", null, REJECTED + NOT_ENCRYPTED),
                of(TLS, "ann", "reject", "right", REJECTED + ENCRYPTED),
                of(PLAIN, "ann", "nobody", "right", UNKNOWN + NOT_ENCRYPTED),
                of(TLS, "ann", "nobody", "right", UNKNOWN + ENCRYPTED),
                of(PLAIN, "ann", "scram", "right", IN),
                of(PLAIN, "ann", "scram", "wrong", WRONG),
                of(PLAIN, "umlaut", "scram", "p\u00e4ssw\u00f6rd", IN),
                of(PLAIN, "expired", "scram", "right", WRONG),
                of(PLAIN, "bare", "scram", "right", WRONG),
                of(PLAIN, "ghost", "scram", "right", WRONG),
                of(PLAIN, "group", "scram", "right", NO_LOGIN),
                of(PLAIN, "crowd", "scram", "right", ROLE_FULL),
                of(PLAIN, "crowd", "scram", "wrong", WRONG),
                of(TLS, "ann", "scram", "right", IN),
                of(PLAIN, "ann", "md5", "right", IN),
                of(PLAIN, "ann", "md5", "wrong", WRONG),
                of(PLAIN, "ghost", "md5", "right", WRONG),
                of(PLAIN, "ann", "tls", "right", UNKNOWN + NOT_ENCRYPTED),
                of(TLS, "ann", "tls", "right", IN),
                of(TLS, "ann", "tls", "wrong", WRONG),
                of(TLS, "ghost", "tls", "right", WRONG),
                of(TLS, "crowd", "tls", "right", ROLE_FULL),
                of(CAREFUL, "ann", "tls", "right", IN),
                of(WITH_CERTIFICATE, "bob", "tls", "right", IN),
                of(PLAIN, "ann", "plain", null, IN),
                of(TLS, "ann", "plain", null, UNKNOWN + ENCRYPTED),
                of(PLAIN, "ann", "cert", "right", UNKNOWN + NOT_ENCRYPTED),
                of(TLS, "ann", "cert", "right", NO_CERTIFICATE),
                of(TLS, "ghost", "cert", null, NO_CERTIFICATE),
                of(WITH_CERTIFICATE, "ann", "cert", null, IN),
                of(WITH_CERTIFICATE, "bob", "cert", "right", OTHER_CERTIFICATE),
                of(WITH_CERTIFICATE, "ghost", "cert", null, OTHER_CERTIFICATE),
                of(WITH_CERTIFICATE, "bob", "cert_map", null, IN),
                of(WITH_CERTIFICATE, "ghost", "cert_map", null, NO_ROLE),
                of(WITH_CERTIFICATE, "ann", "cert_map", null, OTHER_CERTIFICATE),
                of(WITH_CERTIFICATE, "ann", "cert_dn", null, IN),
                of(WITH_CERTIFICATE, "bob", "cert_dn", null, OTHER_CERTIFICATE),
                of(TLS, "ann", "with_ca", "right", NO_CERTIFICATE),
                of(WITH_CERTIFICATE, "ann", "with_ca", "right", IN),
                of(WITH_CERTIFICATE, "bob", "with_ca", "right", IN),
                of(WITH_CERTIFICATE, "bob", "with_ca", "wrong", WRONG),
                of(TLS, "ann", "with_name", "right", NO_CERTIFICATE),
                of(WITH_CERTIFICATE, "ann", "with_name", "right", IN),
                of(WITH_CERTIFICATE, "ann", "with_name", "wrong", WRONG),
                of(WITH_CERTIFICATE, "bob", "with_name", "right", WRONG),
                of(WITH_CERTIFICATE, "ann", "trusted", null, IN),
                of(WITH_CERTIFICATE, "bob", "trusted", null, "28000 \"trust\" authentication failed for user \"%s\""),
                without(PLAIN, "ann", "scram", "right", IN),
                without(PLAIN, "ann", "plain", null, IN),
                without(PLAIN, "ann", "tls", "right", UNKNOWN + NOT_ENCRYPTED),
                without(PLAIN, "ann", "cert", "right", UNKNOWN + NOT_ENCRYPTED));
    }

    /** What the JDBC driver does not: come by Unix socket, and show a certificate that the server did not ask for. */
    static Stream<Try> triesOfPsql() {
        return Stream.of(
                of(STRANGER, "ann", "tls", "right", ALERT),
                of(STRANGER, "ann", "cert", null, ALERT),
                of(SOCKET, "ann", "peer", null, NO_PEER),
                of(SOCKET, "ghost", "peer", null, NO_PEER),
                of(SOCKET, "ann", "peer_map", null, IN),
                of(SOCKET, "bob", "peer_map", null, NO_PEER),
                of(SOCKET, "ghost", "peer_map", null, NO_ROLE),
                of(SOCKET, "ann", "scram", "right", IN),
                of(SOCKET, "ann", "scram", "wrong", WRONG),
                of(
                        SOCKET,
                        "ann",
                        "reject",
                        null,
                        "28000 pg_hba.conf rejects connection for host \"[local]\", user \"%s\", database \"%s\", no encryption"),
                of(
                        SOCKET,
                        "ann",
                        "tls",
                        null,
                        "28000 no pg_hba.conf entry for host \"[local]\", user \"%s\", database \"%s\", no encryption"));
    }

    private static Try of(Caller caller, String user, String database, @Nullable String password, String outcome) {
        return new Try(true, caller, user, database, password, outcome);
    }

    private static Try without(Caller caller, String user, String database, @Nullable String password, String outcome) {
        return new Try(false, caller, user, database, password, outcome);
    }
}
