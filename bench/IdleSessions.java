import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Opens sessions, has each answer one query, and holds them until its input ends. Run by {@code bench/rows/memory}.
 *
 * <p>Arguments: the port and how many sessions. Prints a line with the numbers of the processes that serve them.
 */
final class IdleSessions {
    public static void main(String[] args) throws Exception {
        List<PgSession> sessions = new ArrayList<>();
        for (int i = 0; i < Integer.parseInt(args[1]); i++) {
            PgSession session = new PgSession(Integer.parseInt(args[0]));
            session.awaitReady();
            session.query("select 1");
            sessions.add(session);
        }
        System.out.println(sessions.stream()
                .map(session -> Integer.toString(session.pid()))
                .collect(Collectors.joining(" ")));
        System.in.read();
        for (PgSession session : sessions) {
            session.close();
        }
    }
}
