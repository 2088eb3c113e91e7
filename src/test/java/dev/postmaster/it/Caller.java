package dev.postmaster.it;

import dev.postmaster.tls.Certificates;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** How a client comes to the server, and what it shows there. */
enum Caller {
    SOCKET("disable", null),
    PLAIN("disable", null),
    TLS("require", null),
    /** Looks at the server's certificate as well. */
    CAREFUL("verify-full", null),
    WITH_CERTIFICATE("require", "ann"),
    /** With a certificate of an authority that the server does not know. */
    STRANGER("require", "stranger");

    private final String sslMode;
    private final @Nullable String certificate;

    Caller(String sslMode, @Nullable String certificate) {
        this.sslMode = sslMode;
        this.certificate = certificate;
    }

    /** The names under which libpq and the JDBC driver know these settings are the same. */
    Map<String, String> settings(Certificates files, String keySuffix) {
        Map<String, String> settings = new LinkedHashMap<>();
        settings.put("sslmode", sslMode);
        if (this == CAREFUL) {
            settings.put("sslrootcert", files.file("root.crt").toString());
        }
        if (certificate != null) {
            settings.put("sslcert", files.file(certificate + ".crt").toString());
            settings.put("sslkey", files.file(certificate + keySuffix).toString());
        }
        return settings;
    }
}
