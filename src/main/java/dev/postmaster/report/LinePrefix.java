package dev.postmaster.report;

/**
 * {@code log_line_prefix} for one entry (LOG-21). Escapes for things that no process here has print what PostgreSQL
 * prints for a process without them: nothing for the virtual transaction (%v) and the parallel leader (%P), 0 for the
 * transaction (%x) and the query id (%Q).
 */
final class LinePrefix {
    private static final String UNKNOWN = "[unknown]";
    private static final int WIDEST = 1000;

    private final Entry entry;
    private final LogSource source;

    LinePrefix(Entry entry) {
        this.entry = entry;
        this.source = entry.source();
    }

    void appendTo(StringBuilder text, long lineNumber) {
        String pattern = entry.format().linePrefix();
        int length = pattern.length();
        for (int i = 0; i < length; i++) {
            char c = pattern.charAt(i);
            if (c != '%') {
                text.append(c);
                continue;
            }
            int start = ++i;
            while (i < length && (isDigit(pattern.charAt(i)) || (i == start && pattern.charAt(i) == '-'))) {
                i++;
            }
            if (i == length || (pattern.charAt(i) == 'q' && source.session() == null)) {
                return;
            }
            pad(text, escape(pattern.charAt(i), lineNumber), width(pattern, start, i));
        }
    }

    private static boolean isDigit(char c) {
        return c >= '0' && c <= '9';
    }

    private static int width(String pattern, int start, int end) {
        boolean left = start < end && pattern.charAt(start) == '-';
        int width = 0;
        for (int i = left ? start + 1 : start; i < end; i++) {
            width = Math.min(WIDEST, width * 10 + pattern.charAt(i) - '0');
        }
        return left ? -width : width;
    }

    private static void pad(StringBuilder text, String word, int width) {
        String blanks = " ".repeat(Math.max(0, Math.abs(width) - word.length()));
        text.append(width > 0 ? blanks : "").append(word).append(width < 0 ? blanks : "");
    }

    private String escape(char letter, long lineNumber) {
        return switch (letter) {
            case 'p' -> Integer.toString(source.pid());
            case 'm' -> entry.time();
            case 't' -> LogTime.seconds(entry.at(), entry.format().zone());
            case 'n' -> LogTime.epoch(entry.at());
            case 's' -> entry.sessionStart();
            case 'c' -> source.sessionId();
            case 'b' -> source.backendType();
            case 'e' -> entry.sqlState();
            case 'l' -> Long.toString(lineNumber);
            case 'x', 'Q' -> "0";
            case '%' -> "%";
            default -> ofSession(letter);
        };
    }

    private String ofSession(char letter) {
        LogSource.Session session = source.session();
        if (session == null) {
            return "";
        }
        return switch (letter) {
            case 'a' -> known(session.application());
            case 'u' -> known(session.user());
            case 'd' -> known(session.database());
            case 'i' -> session.command();
            case 'h' -> session.remoteHost();
            case 'r' ->
                session.remotePort() == 0
                        ? session.remoteHost()
                        : session.remoteHost() + "(" + session.remotePort() + ")";
            default -> "";
        };
    }

    private static String known(String word) {
        return word.isEmpty() ? UNKNOWN : word;
    }
}
