package dev.postmaster.tls;

import java.io.IOException;
import java.security.AlgorithmParameters;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.cert.X509Certificate;
import java.security.spec.PSSParameterSpec;
import java.util.Locale;

/** What binds an exchange of secrets to this server's certificate: {@code tls-server-end-point} (RFC 5929, section 4.1). */
final class ServerEndPoint {
    private ServerEndPoint() {}

    /** The hash of the certificate, by the hash of its signature; by SHA-256 if that is a weak one or has none. */
    static byte[] of(X509Certificate certificate) throws GeneralSecurityException {
        return MessageDigest.getInstance(hash(certificate)).digest(certificate.getEncoded());
    }

    private static String hash(X509Certificate certificate) throws GeneralSecurityException {
        String signature = certificate.getSigAlgName().toUpperCase(Locale.ROOT);
        if (signature.equals("RSASSA-PSS")) {
            var parameters = AlgorithmParameters.getInstance("RSASSA-PSS");
            try {
                parameters.init(certificate.getSigAlgParams());
            } catch (IOException e) {
                throw new GeneralSecurityException(e);
            }
            return parameters.getParameterSpec(PSSParameterSpec.class).getDigestAlgorithm();
        }
        return switch (signature.split("WITH", 2)[0]) {
            case "SHA224" -> "SHA-224";
            case "SHA384" -> "SHA-384";
            case "SHA512" -> "SHA-512";
            default -> "SHA-256";
        };
    }
}
