package dev.postmaster.ctl;

import dev.postmaster.core.Sig;
import java.util.Optional;
import java.util.OptionalLong;

/** The server that a PID file names, to be told something. */
record RunningServer(long pid, Processes processes) {

    /**
     * @param verb what is to be done to the server, for the message that it cannot be done
     * @throws CtlFailure if there is no PID file, or it is a single-user server's
     */
    static RunningServer find(Target target, String verb, Processes processes) {
        OptionalLong pid = target.pid(CtlFailure.FAILED);
        if (pid.isEmpty()) {
            throw CtlFailure.of("PID file \"" + target.pidFile() + "\" does not exist\nIs server running?");
        }
        if (pid.getAsLong() < 0) {
            throw CtlFailure.of("cannot " + verb + "; single-user server is running (PID: " + -pid.getAsLong() + ")"
                    + "\nPlease terminate the single-user server and try again.");
        }
        return new RunningServer(pid.getAsLong(), processes);
    }

    /** @param what kind of signal, for the message that it could not be sent */
    void signal(Sig sig, String what) {
        trySignal(sig).ifPresent(why -> {
            throw CtlFailure.of("could not send " + what + " signal (PID: " + pid + "): " + why);
        });
    }

    /** Why it could not be sent, if so. */
    Optional<String> trySignal(Sig sig) {
        return processes.signal(pid, sig);
    }
}
