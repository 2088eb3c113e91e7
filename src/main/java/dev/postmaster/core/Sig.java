package dev.postmaster.core;

import java.util.Arrays;
import java.util.Optional;

/** The signals we send, receive or name, with the numbers of Linux on x86-64 and aarch64 (signal(7)). */
public enum Sig {
    HUP(1, "Hangup"),
    INT(2, "Interrupt"),
    QUIT(3, "Quit"),
    ILL(4, "Illegal instruction"),
    ABRT(6, "Aborted"),
    BUS(7, "Bus error"),
    FPE(8, "Floating point exception"),
    KILL(9, "Killed"),
    USR1(10, "User defined signal 1"),
    SEGV(11, "Segmentation fault"),
    USR2(12, "User defined signal 2"),
    PIPE(13, "Broken pipe"),
    TERM(15, "Terminated"),
    CHLD(17, "Child exited"),
    CONT(18, "Continued"),
    STOP(19, "Stopped (signal)"),
    PWR(30, "Power failure");

    private final int number;
    private final String description;

    Sig(int number, String description) {
        this.number = number;
        this.description = description;
    }

    /** The signal of this number; empty if it has no name here. */
    public static Optional<Sig> of(int number) {
        return Arrays.stream(values()).filter(sig -> sig.number == number).findFirst();
    }

    public int number() {
        return number;
    }

    /** What strsignal(3) says, as in {@code was terminated by signal 9: Killed}. */
    public String description() {
        return description;
    }
}
