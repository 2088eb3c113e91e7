package dev.postmaster.launch;

import dev.postmaster.core.ChildKind;
import dev.postmaster.core.Sig;
import dev.postmaster.os.SignalSet;

/**
 * The signals a child is born with blocked, in all threads of its JVM for ever: it reads them from a signalfd. SIGQUIT
 * is open, so that the kernel ends the child at once; but a child with a client has last words to say (SG-12) and reads
 * that signal too. The syslogger ignores it: it is the one that must not go before the others (SG-19).
 */
final class ChildSignalMask {
    private static final SignalSet OPEN_TO_QUIT = SignalSet.BLOCK_SIG.without(Sig.QUIT);

    private ChildSignalMask() {}

    static SignalSet of(ChildKind kind) {
        return kind.servesClient() || kind.outlivesPostmaster() ? SignalSet.BLOCK_SIG : OPEN_TO_QUIT;
    }
}
