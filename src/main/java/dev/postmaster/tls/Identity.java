package dev.postmaster.tls;

import java.net.Socket;
import java.security.GeneralSecurityException;
import java.security.InvalidKeyException;
import java.security.Principal;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;
import java.security.cert.X509Certificate;
import java.security.interfaces.RSAKey;
import java.util.List;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.X509ExtendedKeyManager;
import org.jspecify.annotations.Nullable;

/** The one key of the server and the certificates that prove it is ours. A key store would only encrypt it, and take it back out. */
final class Identity extends X509ExtendedKeyManager {
    private static final String ALIAS = "server";
    private static final byte[] ANYTHING = {'p', 'm'};

    private final X509Certificate[] chain;
    private final PrivateKey key;

    /**
     * @param chain the server's certificate first
     * @throws GeneralSecurityException if the key belongs to another certificate
     */
    Identity(List<X509Certificate> chain, PrivateKey key) throws GeneralSecurityException {
        this.chain = chain.toArray(X509Certificate[]::new);
        this.key = key;
        if (!belongsTo(chain.getFirst().getPublicKey(), key)) {
            throw new InvalidKeyException("key values mismatch");
        }
    }

    private static boolean belongsTo(PublicKey open, PrivateKey secret) throws GeneralSecurityException {
        if (open instanceof RSAKey ours && secret instanceof RSAKey theirs) {
            return ours.getModulus().equals(theirs.getModulus());
        }
        Signature signature =
                Signature.getInstance(secret.getAlgorithm().equals("EC") ? "SHA256withECDSA" : secret.getAlgorithm());
        signature.initSign(secret);
        signature.update(ANYTHING);
        byte[] signed = signature.sign();
        signature.initVerify(open);
        signature.update(ANYTHING);
        return signature.verify(signed);
    }

    @Override
    public @Nullable String chooseServerAlias(String keyType, Principal @Nullable [] issuers, @Nullable Socket socket) {
        return keyType.equals(key.getAlgorithm()) ? ALIAS : null;
    }

    @Override
    public @Nullable String chooseEngineServerAlias(
            String keyType, Principal @Nullable [] issuers, @Nullable SSLEngine engine) {
        return chooseServerAlias(keyType, issuers, null);
    }

    @Override
    public String @Nullable [] getServerAliases(String keyType, Principal @Nullable [] issuers) {
        return keyType.equals(key.getAlgorithm()) ? new String[] {ALIAS} : null;
    }

    @Override
    public X509Certificate[] getCertificateChain(String alias) {
        return chain.clone();
    }

    @Override
    public PrivateKey getPrivateKey(String alias) {
        return key;
    }

    @Override
    public @Nullable String chooseClientAlias(
            String[] keyTypes, Principal @Nullable [] issuers, @Nullable Socket socket) {
        return null;
    }

    @Override
    public String @Nullable [] getClientAliases(String keyType, Principal @Nullable [] issuers) {
        return null;
    }
}
