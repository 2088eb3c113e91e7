package dev.postmaster.os;

import static dev.postmaster.core.Sig.USR2;
import static org.assertj.core.api.Assertions.assertThat;

import dev.postmaster.core.Sig;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * Signals sent to a thread that blocks them, which is as near as one comes in a JVM that was not started for it; signals
 * to a whole process are in {@link KernelProbeTest}. Each test has a thread of its own, so the mask ends with it.
 */
@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class LinuxSignalFdTest {
    private static final int SIGURG = 23;
    private static final int SIGWINCH = 28;
    private static final SignalSet HARMLESS = new SignalSet(1L << (SIGURG - 1) | 1L << (SIGWINCH - 1));

    private final Os os = Os.open();
    private final SignalFds signalFds = os.signalFds();

    @BeforeEach
    void block() {
        signalFds.block(HARMLESS);
    }

    private void sendToThisThread(int signal) {
        Calls.check(
                "tgkill",
                CFunction.named("tgkill")
                        .toInt(os.thisProcess().pid(), os.thisProcess().threadId(), signal));
    }

    @Test
    void theMaskOfTheThreadCanBeAskedFor() {
        assertThat(signalFds.blocked().containsAll(HARMLESS)).isTrue();
        assertThat(signalFds.blocked().contains(USR2)).isFalse();
    }

    @Test
    void signalsAreReadOneByOneWithTheirSender() {
        try (SignalFd signals = signalFds.open(HARMLESS)) {
            sendToThisThread(SIGWINCH);
            sendToThisThread(SIGURG);
            sendToThisThread(SIGURG);
            int self = os.thisProcess().pid();
            assertThat(signals.next()).contains(new SignalInfo(SIGURG, self));
            assertThat(signals.next()).contains(new SignalInfo(SIGWINCH, self));
            signals.stop();
            assertThat(signals.next()).as("equal signals came as one").isEmpty();
        }
    }

    @Test
    void stoppingFromAnotherThreadEndsTheWaitForGood() {
        SignalFd signals = signalFds.open(HARMLESS);
        var reader = CompletableFuture.supplyAsync(signals::next);
        signals.stop();
        assertThat(reader.join()).isEmpty();
        assertThat(signals.next()).isEmpty();
        signals.close();
        signals.stop();
    }

    @Test
    void itGivesItsDescriptorsBack() {
        var before = OpenFiles.ours();
        SignalFd signals = signalFds.open(HARMLESS);
        assertThat(OpenFiles.oursSince(before)).hasSize(2);
        signals.close();
        assertThat(OpenFiles.oursSince(before)).isEmpty();
    }

    @Test
    void aSignalHasTheNameThatWeUseForItIfAny() {
        assertThat(new SignalInfo(15, 1).sig()).contains(Sig.TERM);
        assertThat(new SignalInfo(SIGURG, 1).sig()).isEqualTo(Optional.empty());
    }
}
