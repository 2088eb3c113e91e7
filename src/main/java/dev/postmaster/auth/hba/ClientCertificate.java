package dev.postmaster.auth.hba;

/** What a rule wants of a client's certificate, beside or instead of its method ({@code clientcert}). */
public enum ClientCertificate {
    /** Nothing. */
    IGNORED,
    /** That somebody we trust has issued it. */
    VERIFY_CA,
    /** That it is issued to the user, too. */
    VERIFY_FULL
}
