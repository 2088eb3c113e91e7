package dev.postmaster.config;

/** How a program is given its client ({@code backend_socket}). */
public enum BackendSocket {
    /** As standard input and output. */
    INETD,
    /** As descriptor 3, announced by LISTEN_FDS and LISTEN_PID (sd_listen_fds). */
    LISTEN_FDS
}
