package dev.postmaster.it;

import com.sun.tools.attach.AgentInitializationException;
import com.sun.tools.attach.AgentLoadException;
import com.sun.tools.attach.AttachNotSupportedException;
import com.sun.tools.attach.VirtualMachine;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;

/** Makes a real child exit with a chosen status, by the door that every JVM has for debuggers. */
final class ForcedExit {
    /** What the children must be started with: their JVM would open that door on SIGQUIT only, and SIGQUIT ends them. */
    static final String SETTING = "child_java_options=-XX:+StartAttachListener,-XX:+EnableDynamicAgentLoading";

    private static final String EXIT = "exit ";
    private static final String DOOR = ".java_pid";

    /** The end of a door's name while it is being made: what a JVM leaves that is killed meanwhile. */
    private static final String UNFINISHED = ".tmp";

    private static final Path AGENT = AgentJar.of("Agent-Class", ExitAgent.class);
    private static final Path STATUS_AGENT = AgentJar.of("Agent-Class", StatusAgent.class, StatusAgent.door());

    private ForcedExit() {}

    /** False if it was gone before, or had not got as far as to be reached. */
    static boolean of(long pid, int status) {
        return load(AGENT, pid, status);
    }

    /** From now on the child leaves with this status, whenever and why ever it does. */
    static void laterOf(long pid, int status) {
        Deadline.await("it can be reached", RunningPostmaster.PATIENCE, () -> load(STATUS_AGENT, pid, status));
    }

    private static boolean load(Path agent, long pid, int status) {
        Path door = Path.of("/tmp", DOOR + pid);
        if (!Files.exists(door)) {
            return false;
        }
        try {
            VirtualMachine.attach(Long.toString(pid)).loadAgent(agent.toString(), Integer.toString(status));
            return true;
        } catch (IOException itHasNoTimeToAnswer) {
            return true;
        } catch (AttachNotSupportedException | AgentLoadException | AgentInitializationException e) {
            return false;
        } finally {
            remove(door);
        }
    }

    /**
     * Ends a child, or tries to.
     *
     * @param how as in {@code exit 77} or {@code SIGKILL}
     */
    static void end(int pid, String how) {
        if (how.startsWith(EXIT)) {
            int status = Integer.parseInt(how.substring(EXIT.length()));
            Deadline.await("it can be reached", RunningPostmaster.PATIENCE, () -> of(pid, status));
        } else {
            RunningPostmaster.signal(pid, how.substring("SIG".length()));
        }
    }

    /** Removes the doors of JVMs that were killed, and so could not do it themselves. */
    static void sweep() {
        try (DirectoryStream<Path> doors = Files.newDirectoryStream(Path.of("/tmp"), DOOR + "*")) {
            for (Path door : doors) {
                if (!Proc.exists(owner(door))) {
                    remove(door);
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static long owner(Path door) {
        String name = door.getFileName().toString();
        return Long.parseLong(name.substring(DOOR.length()).replace(UNFINISHED, ""));
    }

    private static void remove(Path door) {
        try {
            Files.deleteIfExists(door);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
