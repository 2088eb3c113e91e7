package dev.postmaster.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.Connection;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A program that a child started in a session of its own, and that outlived the child. */
class DescendantsIT {
    /** A JVM that dies of SIGSEGV starts what it was told to, and nobody waits for it. */
    private static final String DYING_WISH =
            "child_java_options=-XX:ErrorFile=/dev/null,-XX:-CreateCoredumpOnCrash,\"-XX:OnError=setsid sleep 600 &\"";

    @Test
    void itGoesOnWhileTheSystemDoesAndIsKilledBeforeTheNextGenerationBegins() throws Exception {
        try (var postmaster = RunningPostmaster.start(DYING_WISH)) {
            int outlived = leaveDescendant(postmaster);
            assertThat(Proc.sessionOf(outlived)).isEqualTo(outlived);

            RunningPostmaster.signal(
                    Proc.childrenOf(postmaster.pid(), "checkpointer").getFirst(), "KILL");

            postmaster.awaitLog("killing 1 processes that outlived the children that started them: [" + outlived + "]");
            postmaster.awaitLog("database system is ready to accept connections", 2);
            Deadline.await("it is gone and buried", RunningPostmaster.PATIENCE, () -> !Proc.exists(outlived));
        }
    }

    @Test
    void anImmediateShutdownTakesItAlong() throws Exception {
        try (var postmaster = RunningPostmaster.start(DYING_WISH)) {
            int outlived = leaveDescendant(postmaster);

            postmaster.signal("QUIT");

            assertThat(postmaster.awaitExit()).isZero();
            Proc.awaitEnd(outlived);
        }
    }

    /** A session crashes and leaves a process behind, which the postmaster adopts. */
    private static int leaveDescendant(RunningPostmaster postmaster) throws Exception {
        try (Connection victim = postmaster.connect()) {
            RunningPostmaster.signal(RunningPostmaster.backendPid(victim), "SEGV");
            Deadline.await("the sleeper is adopted", RunningPostmaster.PATIENCE, () -> !sleepers(postmaster)
                    .isEmpty());
        }
        return sleepers(postmaster).getFirst();
    }

    private static List<Integer> sleepers(RunningPostmaster postmaster) {
        return Proc.childrenOf(postmaster.pid()).stream()
                .filter(pid -> Proc.commandLine(pid).startsWith("sleep 600"))
                .toList();
    }
}
