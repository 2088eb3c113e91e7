/**
 * The back door: the only room that talks to the kernel through native code (JNA), and what comes out of it are words:
 * a launch is {@code Launched} or {@code Refused}, a signal is {@code DELIVERED} or not, a number is a {@code Pid} or an
 * {@code Fd}. Linux with glibc 2.34 or newer, on x86-64 and aarch64.
 *
 * <p>Classes named {@code …C} hold functions of libc as they are; each port has one implementation on top of them.
 *
 * <p>The door is {@link dev.postmaster.os.Os}, which makes the ports: small interfaces, so that tests elsewhere can stand
 * in for the kernel. Launching and waiting: {@link dev.postmaster.os.Launcher},
 * {@link dev.postmaster.os.Reaper}; signals: {@link dev.postmaster.os.Signals} sends them and
 * {@link dev.postmaster.os.SignalFds} receives them; descriptors:
 * {@link dev.postmaster.os.Fds}, {@link dev.postmaster.os.Memfds}, {@link dev.postmaster.os.ReadySet}, {@link dev.postmaster.os.RawIo},
 * {@link dev.postmaster.os.FdPassing}; sockets: {@link dev.postmaster.os.Sockets},
 * {@link dev.postmaster.os.Listeners}; the process itself: {@link dev.postmaster.os.ThisProcess}.
 */
@NullMarked
package dev.postmaster.os;

import org.jspecify.annotations.NullMarked;
