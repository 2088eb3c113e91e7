package dev.postmaster.tls;

import java.security.cert.X509Certificate;
import java.util.Optional;
import javax.naming.InvalidNameException;
import javax.naming.ldap.LdapName;
import javax.naming.ldap.Rdn;
import javax.security.auth.x500.X500Principal;

/** To whom a client's certificate was issued. */
public final class ClientName {
    private ClientName() {}

    /** The first common name in it; empty if there is none that could be a user's. */
    public static Optional<String> common(X509Certificate certificate) {
        try {
            for (Rdn part : new LdapName(distinguished(certificate)).getRdns()) {
                // Some authorities were tricked by a name that goes on behind a zero byte.
                if (part.getType().equalsIgnoreCase("CN")
                        && part.getValue() instanceof String name
                        && name.indexOf('\0') < 0) {
                    return Optional.of(name).filter(text -> !text.isEmpty());
                }
            }
            return Optional.empty();
        } catch (InvalidNameException e) {
            return Optional.empty();
        }
    }

    /** All of it, in the form of RFC 2253: {@code CN=alice,O=Example}. */
    public static String distinguished(X509Certificate certificate) {
        return certificate.getSubjectX500Principal().getName(X500Principal.RFC2253);
    }
}
