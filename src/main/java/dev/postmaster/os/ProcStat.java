package dev.postmaster.os;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;

/**
 * What {@code /proc/PID/stat} tells of a process, dead or alive (proc_pid_stat(5)).
 *
 * @param command its name, without the parentheses
 * @param state the letter of the kernel: R, S, D, T, Z and others; {@code ?} if it does not tell
 * @param parent the pid of its parent; 0 if it has none in sight
 * @param age since its start
 */
public record ProcStat(String command, char state, int parent, Duration age) {
    private static final ProcStat UNKNOWN = new ProcStat("", '?', 0, Duration.ZERO);

    /** The fields after the name count from 3 in the manual page; the start time is field 22. */
    private static final int STATE = 0;

    private static final int PARENT = 4 - 3;
    private static final int START_TIME = 22 - 3;

    private static final int MILLIS_PER_TICK = 10;

    /** Nothing is known of a process that is gone or hidden. */
    public static ProcStat of(int pid) {
        try {
            String uptime = Files.readString(Path.of("/proc/uptime"), StandardCharsets.ISO_8859_1);
            return parse(Files.readString(Path.of("/proc/" + pid + "/stat"), StandardCharsets.ISO_8859_1), uptime);
        } catch (IOException e) {
            return UNKNOWN;
        }
    }

    /**
     * @param stat the content of {@code /proc/PID/stat}, whose name may itself contain blanks and parentheses
     * @param uptime the content of {@code /proc/uptime}, in seconds
     */
    static ProcStat parse(String stat, String uptime) {
        int nameEnd = stat.lastIndexOf(')');
        String[] fields = stat.substring(nameEnd + 2).split(" ", -1);
        long startMillis = Long.parseLong(fields[START_TIME]) * MILLIS_PER_TICK;
        long nowMillis = (long) (Double.parseDouble(uptime.substring(0, uptime.indexOf(' '))) * 1000);
        Duration age = Duration.ofMillis(Math.max(0, nowMillis - startMillis));
        return new ProcStat(
                stat.substring(stat.indexOf('(') + 1, nameEnd),
                fields[STATE].charAt(0),
                Integer.parseInt(fields[PARENT]),
                age);
    }
}
