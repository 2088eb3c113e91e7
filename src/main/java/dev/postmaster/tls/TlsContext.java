package dev.postmaster.tls;

import dev.postmaster.config.Guc;
import dev.postmaster.config.Settings;
import dev.postmaster.config.TlsVersion;
import dev.postmaster.report.ReportException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.InvalidKeyException;
import java.security.cert.CertStore;
import java.security.cert.CollectionCertStoreParameters;
import java.security.cert.PKIXBuilderParameters;
import java.security.cert.TrustAnchor;
import java.security.cert.X509CertSelector;
import java.security.cert.X509Certificate;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import javax.net.ssl.CertPathTrustManagerParameters;
import javax.net.ssl.KeyManager;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import org.jspecify.annotations.Nullable;

/** All that connections over TLS are made with, as the settings and their files were at one moment. Immutable. */
public final class TlsContext {
    /** What a client must want to speak if it says what it wants (ALPN). */
    public static final String PROTOCOL = "postgresql";

    private final SSLContext context;
    private final byte[] endPoint;
    private final TlsVersion min;
    private final TlsVersion max;
    private final boolean asksForCertificate;

    private TlsContext(Settings settings, SSLContext context, byte[] endPoint) {
        this.context = context;
        this.endPoint = endPoint;
        this.min = settings.get(Guc.SSL_MIN_PROTOCOL_VERSION);
        this.max = settings.get(Guc.SSL_MAX_PROTOCOL_VERSION);
        this.asksForCertificate = !settings.get(Guc.SSL_CA_FILE).isEmpty();
    }

    /**
     * Reads the files that the settings name.
     *
     * @param directory what relative names start from: the data directory
     * @param effectiveUid whose the private key may be
     * @throws ReportException FATAL F0000 that says what is wrong
     */
    public static TlsContext load(Settings settings, Path directory, int effectiveUid) {
        checkVersions(settings);
        TlsFile certificateFile = file(settings.get(Guc.SSL_CERT_FILE), directory);
        List<X509Certificate> chain = certificateFile.certificates("server certificate file");
        TlsFile keyFile = file(settings.get(Guc.SSL_KEY_FILE), directory);
        Identity identity = identity(chain, keyFile, effectiveUid);
        try {
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(new KeyManager[] {identity}, trust(settings, directory), null);
            return new TlsContext(settings, context, ServerEndPoint.of(chain.getFirst()));
        } catch (GeneralSecurityException e) {
            throw TlsFile.failed("could not create SSL context: " + TlsFile.words(e));
        }
    }

    /** Makes the sockets. */
    public SSLContext context() {
        return context;
    }

    /** How each socket is to behave: versions, client certificates, application protocol. */
    public SSLParameters parameters() {
        SSLParameters parameters = context.getDefaultSSLParameters();
        parameters.setProtocols(TlsVersion.between(min, max));
        parameters.setWantClientAuth(asksForCertificate);
        parameters.setApplicationProtocols(new String[] {PROTOCOL});
        parameters.setUseCipherSuitesOrder(true);
        return parameters;
    }

    /** The data of channel binding {@code tls-server-end-point}; a copy. */
    public byte[] endPoint() {
        return endPoint.clone();
    }

    /**
     * Shakes hands with itself, so that the first client need not wait for what the JVM does for the first time. A failure
     * is nobody's: clients would see it too, and be told.
     */
    public void rehearse() {
        try {
            new HandshakeRehearsal(this).run();
        } catch (GeneralSecurityException | SSLException e) {
            return;
        }
    }

    private static void checkVersions(Settings settings) {
        if (TlsVersion.between(settings.get(Guc.SSL_MIN_PROTOCOL_VERSION), settings.get(Guc.SSL_MAX_PROTOCOL_VERSION))
                        .length
                == 0) {
            throw new ReportException(TlsFile.failed("could not set SSL protocol version range")
                    .report()
                    .withDetail("\"" + Guc.SSL_MIN_PROTOCOL_VERSION.name() + "\" cannot be higher than \""
                            + Guc.SSL_MAX_PROTOCOL_VERSION.name() + "\""));
        }
    }

    private static Identity identity(List<X509Certificate> chain, TlsFile keyFile, int effectiveUid) {
        String secret = keyFile.secret(effectiveUid);
        try {
            var key = PrivateKeys.read(secret, chain.getFirst().getPublicKey().getAlgorithm());
            return new Identity(chain, key);
        } catch (InvalidKeyException mismatch) {
            throw TlsFile.failed("check of private key failed: " + TlsFile.words(mismatch));
        } catch (GeneralSecurityException e) {
            throw keyFile.unreadable("private key file", TlsFile.words(e));
        } catch (IllegalArgumentException e) {
            throw keyFile.unreadable("private key file", "its base64 is broken");
        }
    }

    /** Whose certificates clients may show: null if they are not asked for any. */
    private static TrustManager @Nullable [] trust(Settings settings, Path directory) throws GeneralSecurityException {
        String authorities = settings.get(Guc.SSL_CA_FILE);
        if (authorities.isEmpty()) {
            return null;
        }
        Set<TrustAnchor> anchors = new HashSet<>();
        file(authorities, directory)
                .certificates("root certificate file")
                .forEach(authority -> anchors.add(new TrustAnchor(authority, null)));
        PKIXBuilderParameters rules = new PKIXBuilderParameters(anchors, new X509CertSelector());
        Optional<TlsFile> revocations = Optional.of(settings.get(Guc.SSL_CRL_FILE))
                .filter(name -> !name.isEmpty())
                .map(name -> file(name, directory));
        rules.setRevocationEnabled(revocations.isPresent());
        if (revocations.isPresent()) {
            rules.addCertStore(CertStore.getInstance(
                    "Collection",
                    new CollectionCertStoreParameters(revocations.get().revocations())));
        }
        TrustManagerFactory factory = TrustManagerFactory.getInstance("PKIX");
        factory.init(new CertPathTrustManagerParameters(rules));
        return factory.getTrustManagers();
    }

    private static TlsFile file(String name, Path directory) {
        return new TlsFile(name, directory.resolve(name));
    }
}
