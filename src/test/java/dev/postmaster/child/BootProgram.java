package dev.postmaster.child;

import dev.postmaster.core.ChildKind;
import dev.postmaster.core.Sig;
import dev.postmaster.report.Report;
import dev.postmaster.report.ReportException;
import dev.postmaster.report.Severity;
import dev.postmaster.shmem.PmSignal;
import java.time.Duration;

/** A child program whose kinds behave as {@link ChildBootTest} needs them. */
public final class BootProgram {
    private BootProgram() {}

    /** Becomes the child. */
    public static void main(String[] args) {
        ChildBoot.run(args, BootProgram::mainOf);
    }

    private static ChildMain mainOf(ChildKind kind) {
        return switch (kind) {
            case BGWRITER -> BootProgram::liveUntilTerm;
            case ARCHIVER -> context -> fail(Severity.ERROR, "the archiver is unwell");
            case WAL_WRITER -> context -> fail(Severity.PANIC, "the log is gone");
            case WAL_RECEIVER ->
                context -> {
                    throw new IllegalStateException("a bug");
                };
            case AV_LAUNCHER ->
                context -> {
                    context.parent().onDeath(() -> System.out.println("orphaned"));
                    return liveUntilTerm(context);
                };
            case BACKEND, AV_WORKER, BGWORKER, SYSLOGGER, STARTUP, CHECKPOINTER -> context -> 0;
        };
    }

    private static int liveUntilTerm(ChildContext context) throws InterruptedException {
        context.signals().toLatch(Sig.HUP, Sig.TERM).unblock();
        context.shared().postmaster().send(PmSignal.ADVANCE_STATE_MACHINE);
        System.out.println("alive in slot " + context.shared().slot().number() + ", port "
                + context.settings().get("port"));
        while (true) {
            for (Sig signal : context.signals().latch().await(Duration.ofSeconds(60))) {
                System.out.println("got " + signal);
                if (signal == Sig.TERM) {
                    return 7;
                }
            }
        }
    }

    private static int fail(Severity severity, String message) {
        throw new ReportException(Report.of(severity, message));
    }
}
