package dev.postmaster.child.backend;

import static dev.postmaster.child.backend.Errors.fatal;

import dev.postmaster.auth.hba.AuthMethod;
import dev.postmaster.auth.hba.ClientCertificate;
import dev.postmaster.auth.hba.HbaRule;
import dev.postmaster.report.Log;
import dev.postmaster.report.ReportException;
import dev.postmaster.report.SqlState;
import dev.postmaster.tls.ClientName;
import java.security.cert.X509Certificate;
import java.util.Optional;

/** Whether a client's certificate is what its rule wants (auth.c {@code ClientAuthentication}, {@code CheckCertAuth}). */
final class CertificateCheck {
    private final HbaRule rule;
    private final Optional<X509Certificate> certificate;
    private final Log log;

    /** @param certificate issued by somebody we trust, or the handshake would have failed; empty if there is none */
    CertificateCheck(HbaRule rule, Optional<X509Certificate> certificate, Log log) {
        this.rule = rule;
        this.certificate = certificate;
        this.log = log;
    }

    /**
     * Before the method: there must be one.
     *
     * @throws ReportException FATAL 28000
     */
    void requireOne() {
        if (rule.clientCertificate() != ClientCertificate.IGNORED && certificate.isEmpty()) {
            throw new ReportException(fatal(
                    SqlState.INVALID_AUTHORIZATION_SPECIFICATION, "connection requires a valid client certificate"));
        }
    }

    /** After the method: whether it is the user's, if it has to be. Why not is for the log only. */
    boolean isOf(String user, UserMap map) {
        if (rule.clientCertificate() != ClientCertificate.VERIFY_FULL) {
            return true;
        }
        String name = certificate.flatMap(this::name).orElse("");
        if (name.isEmpty()) {
            log.log("certificate authentication failed for user \"" + user
                    + "\": client certificate contains no user name");
            return false;
        }
        boolean mapped = map.allows(rule, name, user);
        if (!mapped && rule.method() != AuthMethod.CERT) {
            log.log("certificate validation (clientcert=verify-full) failed for user \"" + user + "\": "
                    + (rule.comparesDistinguishedName() ? "DN" : "CN") + " mismatch");
        }
        return mapped;
    }

    private Optional<String> name(X509Certificate shown) {
        return rule.comparesDistinguishedName()
                ? Optional.of(ClientName.distinguished(shown))
                : ClientName.common(shown);
    }
}
