package dev.postmaster.tls;

import dev.postmaster.report.FileErrors;
import dev.postmaster.report.Report;
import dev.postmaster.report.ReportException;
import dev.postmaster.report.Severity;
import dev.postmaster.report.SqlState;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.cert.CRL;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/**
 * A file that TLS needs.
 *
 * @param name as the setting has it, for messages
 * @param path where it is
 */
record TlsFile(String name, Path path) {
    private static final int FILE_TYPE = 0170000;
    private static final int REGULAR = 0100000;
    private static final int ALL_OF_OTHERS = 0077;
    private static final int MORE_THAN_GROUP_READ = 0037;

    /** Certificates in PEM form, at least one, in the order of the file. */
    List<X509Certificate> certificates(String what) {
        List<X509Certificate> certificates = new ArrayList<>();
        try {
            for (var certificate : x509().generateCertificates(new ByteArrayInputStream(Files.readAllBytes(path)))) {
                certificates.add((X509Certificate) certificate);
            }
            if (certificates.isEmpty()) {
                throw new CertificateException("no certificate in PEM form");
            }
            return certificates;
        } catch (IOException e) {
            throw unreadable(what, FileErrors.words(e));
        } catch (CertificateException e) {
            throw unreadable(what, words(e));
        }
    }

    /** Lists of certificates that are not good any more, in PEM form. */
    Collection<? extends CRL> revocations() {
        String what = "SSL certificate revocation list file";
        try {
            return x509().generateCRLs(new ByteArrayInputStream(Files.readAllBytes(path)));
        } catch (IOException e) {
            throw unreadable(what, FileErrors.words(e));
        } catch (GeneralSecurityException e) {
            throw unreadable(what, words(e));
        }
    }

    /** The text of a private key, if nobody else can read it ({@code check_ssl_key_file_permissions}). */
    String secret(int effectiveUid) {
        try {
            checkAccess(attribute("unix:mode"), attribute("unix:uid"), effectiveUid);
            return Files.readString(path, StandardCharsets.ISO_8859_1);
        } catch (IOException e) {
            throw failed("could not access private key file \"" + name + "\": " + FileErrors.words(e));
        }
    }

    private int attribute(String name) throws IOException {
        return (Integer) Files.getAttribute(path, name);
    }

    private void checkAccess(int mode, int owner, int effectiveUid) {
        if ((mode & FILE_TYPE) != REGULAR) {
            throw failed("private key file \"" + name + "\" is not a regular file");
        }
        if (owner != effectiveUid && owner != 0) {
            throw failed("private key file \"" + name + "\" must be owned by the database user or root");
        }
        if ((mode & (owner == effectiveUid ? ALL_OF_OTHERS : MORE_THAN_GROUP_READ)) != 0) {
            throw new ReportException(failed("private key file \"" + name + "\" has group or world access")
                    .report()
                    .withDetail("File must have permissions u=rw (0600) or less if owned by the database user, or"
                            + " permissions u=rw,g=r (0640) or less if owned by root."));
        }
    }

    /** {@code could not load server certificate file "server.crt": No such file or directory}. */
    ReportException unreadable(String what, String why) {
        return failed("could not load " + what + " \"" + name + "\": " + why);
    }

    static ReportException failed(String message) {
        return new ReportException(Report.of(Severity.FATAL, SqlState.CONFIG_FILE_ERROR, message));
    }

    /** What the JDK says is wrong, in one line. */
    static String words(GeneralSecurityException failure) {
        String message = failure.getMessage();
        return message == null
                ? failure.getClass().getSimpleName()
                : message.lines().findFirst().orElse("");
    }

    private static CertificateFactory x509() throws CertificateException {
        return CertificateFactory.getInstance("X.509");
    }
}
