package dev.postmaster.os;

import dev.postmaster.core.Sig;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** A program for tests: a JVM that does to itself what a test may not do to its own. Its answer goes to descriptor 1. */
final class KernelProbe {
    private static final Os OS = Os.open();
    private static final Fd IN = new Fd(0, ignored -> {});
    private static final Fd OUT = new Fd(1, ignored -> {});

    private KernelProbe() {}

    public static void main(String[] args) {
        switch (args[0]) {
            case "signals" -> tellSignals();
            case "execute" -> execute();
            case "exit" -> exitWithHooksAndWaiters();
            case "orphan" -> becomeOrphan();
            case "limits" -> runOutOfDescriptors();
            case "helpers" -> say(helperThreads());
            default -> throw new IllegalArgumentException(args[0]);
        }
    }

    private static void say(String line) {
        OS.rawIo().writeFully(OUT, (line + "\n").getBytes(StandardCharsets.UTF_8));
    }

    /** Tells the name of each signal that comes, until TERM. */
    private static void tellSignals() {
        SignalSet blocked = OS.signalFds().blocked();
        try (SignalFd signals = OS.signalFds().open(blocked)) {
            say("ready");
            Optional<Sig> sig = Optional.empty();
            while (!sig.equals(Optional.of(Sig.TERM))) {
                SignalInfo info = signals.next().orElseThrow();
                sig = info.sig();
                say(sig.map(Sig::name).orElse(Integer.toString(info.number())) + " from " + info.senderPid());
            }
        }
    }

    private static void execute() {
        say("was " + OS.thisProcess().pid());
        List<String> arguments = List.of("cat", "/proc/self/status", "/proc/self/environ");
        say("not executed: " + OS.thisProcess().execute("/bin/cat", arguments, List.of("NAME=value")));
    }

    /** What would delay or change an ordinary end: a thread in native code, and a shutdown hook. */
    private static void exitWithHooksAndWaiters() {
        Runtime.getRuntime().addShutdownHook(new Thread(() -> say("hook")));
        Thread.ofPlatform().daemon().start(() -> OS.rawIo().awaitReadable(IN, Duration.ofMillis(-1)));
        OS.thisProcess().exit(7);
        say("survived");
    }

    /** Started in the background by a shell that is going to be killed. */
    private static void becomeOrphan() {
        CFunction.named("setsid").toInt();
        OS.thisProcess().setParentDeathSignal(Sig.PWR);
        say("ready");
        OS.rawIo().awaitReadable(IN, Duration.ofMillis(-1));
        say("survived");
    }

    private static String helperThreads() {
        OS.fds().pipe().close();
        return Thread.getAllStackTraces().keySet().stream()
                .map(Thread::getName)
                .filter(name -> name.equals("process reaper"))
                .toList()
                .toString();
    }

    /** Tries everything that makes descriptors with room for one more and with none, and counts what is left. */
    private static void runOutOfDescriptors() {
        SocketPair channel = OS.sockets().pair(SocketPair.Kind.SEQPACKET);
        makeDescriptors(channel); // and load the classes, which takes descriptors too
        say("trying to exceed " + Errno.EMFILE);
        List<Fd> all = new ArrayList<>();
        try {
            while (true) {
                all.add(OS.fds().openNull());
            }
        } catch (OsException e) {
            say("full: " + e.errno());
        }
        int full = openCount();
        say(makeDescriptors(channel));
        say("leaked " + (openCount() - full));
        all.removeLast().close();
        say(makeDescriptors(channel));
        say("leaked " + (openCount() - full + 1));
    }

    private static String makeDescriptors(SocketPair channel) {
        OS.fdPassing().send(channel.nearEnd(), new byte[1], List.of(channel.nearEnd(), channel.farEnd()));
        return String.join(
                " ",
                outcome(() -> OS.fds().pipe().close()),
                outcome(() -> OS.sockets().pair(SocketPair.Kind.STREAM).close()),
                outcome(() -> OS.signalFds().open(SignalSet.NONE).close()),
                outcome(() -> ((Received.Message) OS.fdPassing().receive(channel.farEnd(), 1, 2)).close()));
    }

    private static String outcome(Runnable call) {
        try {
            call.run();
            return "made";
        } catch (OsException e) {
            return e.errno().symbol();
        }
    }

    private static int openCount() {
        int open = 0;
        for (int number = 0; number < 1024; number++) {
            open += FileC.fcntl(number, FileC.F_GETFD, 0) == -1 ? 0 : 1;
        }
        return open;
    }
}
