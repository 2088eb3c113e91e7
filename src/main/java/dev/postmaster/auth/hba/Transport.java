package dev.postmaster.auth.hba;

/** The way by which a client came. */
public enum Transport {
    UNIX_SOCKET,
    TCP,
    TLS
}
