package dev.postmaster.child;

import dev.postmaster.core.ChildKind;
import dev.postmaster.os.Os;
import dev.postmaster.report.LogFormat;
import dev.postmaster.report.LogSource;
import dev.postmaster.report.ProcessLog;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.time.InstantSource;
import java.util.function.Function;

/**
 * The program entry of a child ({@code SubPostmasterMain}): from an exec'ed JVM to the kind's main, and from there to the
 * exit status. Every failure on the way is told and gives status 1.
 *
 * <p>What became of the seed's steps CH-22..CH-37, in the order of this code:
 *
 * <ol>
 *   <li>the OOM score (CH-12), as the first act
 *   <li>the arguments (CH-26), then the parameter block (CH-27)
 *   <li>the check for root (CH-23): later than in the seed, because whether root is allowed is a setting, and settings
 *       arrive in the block
 *   <li>closing what belongs to the postmaster (CH-28), session (CH-32), mask and SIGQUIT (CH-33): void, a child is
 *       launched with exactly its own descriptors, as leader of a session, with its final mask and dispositions
 *   <li>the flag "under postmaster", exit callbacks, random seed (CH-29, CH-30): void, an exec'ed child inherits none
 *   <li>umask and data directory (CH-36.2), so that nothing is touched in a directory that is not ours
 *   <li>joining the cluster, the parent-death signal (CH-34), the alive pipe (CH-35): is the postmaster still there
 *   <li>shared memory (CH-36); settings came with the block (CH-36.1), the control file is read by the kinds that use it
 *       (CH-36.3), there are no libraries to preload (CH-36.4)
 *   <li>the kind's main (CH-37)
 * </ol>
 */
public final class ChildBoot {
    private static final int FAILED = 1;

    private final Os os;
    private final ProcessLog log;
    private final Ending ending;
    private final long entered;

    private ChildBoot(Os os, ProcessLog log, long entered) {
        this.os = os;
        this.entered = entered;
        this.log = log;
        this.ending = new Ending(log, os.thisProcess()::exit, new Abort(os));
    }

    /**
     * Becomes a child; does not return.
     *
     * @param args what follows argv[0]: {@code --forkchild=<name>}, and where the parameter block is
     * @param catalog gives the main of a kind; asked once, so that no other main is loaded
     */
    public static void run(String[] args, Function<ChildKind, ChildMain> catalog) {
        long entered = System.nanoTime();
        OomScore.adjust(System.getenv());
        Os os = Os.open();
        InstantSource clock = InstantSource.system();
        LogSource source = LogSource.of(os.thisProcess().pid(), "not initialized", clock.instant());
        ProcessLog log = new ProcessLog(new FileOutputStream(FileDescriptor.err), source, LogFormat.DEFAULT, clock);
        ChildBoot boot = new ChildBoot(os, log, entered);
        boot.ending.exit(boot.live(args, catalog));
    }

    private int live(String[] args, Function<ChildKind, ChildMain> catalog) {
        try {
            ChildContext context = new Birth(os, log, ending).of(Invocation.parse(args));
            noteBirth(context);
            return live(context, catalog.apply(context.kind()));
        } catch (StandardErrorExit e) {
            System.err.print(e.text());
            return FAILED;
        } catch (Throwable e) {
            return ending.statusOf(e);
        }
    }

    /** For those who watch how long children take to start. */
    private void noteBirth(ChildContext context) {
        SharedMemory shared = context.sharedOrNull();
        if (shared != null) {
            shared.slot().noteBirth(entered, System.nanoTime());
        }
    }

    /** From the birth to the last cleanup; only a child that came through both leaves a clean slot (PM-60). */
    private int live(ChildContext context, ChildMain main) {
        int status;
        try {
            status = main.run(context);
        } catch (Throwable e) {
            status = ending.statusOf(e);
        }
        SharedMemory shared = context.sharedOrNull();
        if (shared != null) {
            shared.slot().deactivate();
        }
        return status;
    }
}
