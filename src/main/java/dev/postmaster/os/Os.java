package dev.postmaster.os;

/**
 * The door: makes the ports to the kernel of this machine. The ports keep no state but for one: {@link #launcher} and
 * {@link #reaper} of the same {@code Os} know the same children, so a process makes one {@code Os} and passes it on.
 * Any thread may use any of it, except where a port says otherwise.
 */
public final class Os {
    private final LivingChildren children = new LivingChildren();

    private Os() {}

    public static Os open() {
        return new Os();
    }

    public Launcher launcher() {
        return new PosixLauncher(children);
    }

    public Reaper reaper() {
        return new WaitidReaper(children);
    }

    public Signals signals() {
        return new PosixSignals();
    }

    public SignalFds signalFds() {
        return new LinuxSignalFds();
    }

    public Fds fds() {
        return new PosixFds();
    }

    public Memfds memfds() {
        return new LinuxMemfds();
    }

    public RawIo rawIo() {
        return new PosixRawIo();
    }

    public FdPassing fdPassing() {
        return new ScmRights();
    }

    public Sockets sockets() {
        return new PosixSockets();
    }

    public Listeners listeners() {
        return new PosixListeners();
    }

    public ProcessTable processTable() {
        return new ProcFs();
    }

    public Users users() {
        return new Users();
    }

    public ThisProcess thisProcess() {
        return new LinuxProcess();
    }
}
