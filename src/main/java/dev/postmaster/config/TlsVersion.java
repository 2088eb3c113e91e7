package dev.postmaster.config;

import java.util.Arrays;

/** Versions of TLS that can be asked for, ascending. Those before 1.2 are not safe (RFC 8996) and not spoken here. */
public enum TlsVersion {
    /** No limit. */
    ANY(""),
    TLSV1_2("TLSv1.2"),
    TLSV1_3("TLSv1.3");

    private final String word;

    TlsVersion(String word) {
        this.word = word;
    }

    /** As PostgreSQL and the JDK write it; empty for {@link #ANY}. */
    public String word() {
        return word;
    }

    /** The words of all versions from {@code min} to {@code max}. */
    public static String[] between(TlsVersion min, TlsVersion max) {
        return Arrays.stream(values())
                .filter(version -> version != ANY && version.compareTo(min) >= 0)
                .filter(version -> max == ANY || version.compareTo(max) <= 0)
                .map(TlsVersion::word)
                .toArray(String[]::new);
    }
}
