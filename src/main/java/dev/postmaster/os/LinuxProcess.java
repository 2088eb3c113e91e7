package dev.postmaster.os;

import static dev.postmaster.os.Calls.check;

import dev.postmaster.core.Sig;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** This process by getpid, prctl, execve and their like. */
final class LinuxProcess implements ThisProcess {
    /** The first thread's name is the process's; prctl would name the calling thread, which in a JVM is another one. */
    private static final Path NAME = Path.of("/proc/self/comm");

    @Override
    public int pid() {
        return ProcessC.getpid();
    }

    @Override
    public int parentPid() {
        return ProcessC.getppid();
    }

    @Override
    public int realUserId() {
        return ProcessC.getuid();
    }

    @Override
    public int effectiveUserId() {
        return ProcessC.geteuid();
    }

    @Override
    public int threadId() {
        return ProcessC.gettid();
    }

    @Override
    public int setMask(int umask) {
        return ProcessC.umask(umask);
    }

    @Override
    public void changeDirectory(Path directory) {
        check("chdir", ProcessC.chdir(Calls.cString(directory.toString())));
    }

    @Override
    public void becomeSubreaper() {
        check("prctl", ProcessC.prctl(ProcessC.PR_SET_CHILD_SUBREAPER, 1));
    }

    @Override
    public void setParentDeathSignal(Sig sig) {
        check("prctl", ProcessC.prctl(ProcessC.PR_SET_PDEATHSIG, sig.number()));
    }

    @Override
    public void forbidCoreFile() {
        long[] softAndHard = new long[2];
        check("getrlimit", ProcessC.getrlimit(ProcessC.RLIMIT_CORE, softAndHard));
        softAndHard[0] = 0;
        check("setrlimit", ProcessC.setrlimit(ProcessC.RLIMIT_CORE, softAndHard));
    }

    @Override
    public void setName(String name) {
        try {
            Files.writeString(NAME, name);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public Errno execute(String program, List<String> arguments, List<String> environment) {
        try (NativeStrings argv = new NativeStrings(arguments);
                NativeStrings lines = new NativeStrings(environment)) {
            ProcessC.execve(Calls.cString(program), argv.array(), lines.array());
            return Calls.lastErrno();
        }
    }

    @Override
    public void exit(int status) {
        ProcessC.fflushAll();
        ProcessC.exit(status);
    }
}
