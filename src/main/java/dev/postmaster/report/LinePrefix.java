package dev.postmaster.report;

import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Locale;
import java.util.TimeZone;

/**
 * {@code log_line_prefix} for one record (LOG-21). Escapes that have no meaning here (transaction ids, parallel leader,
 * query id) print nothing, as they do in a PostgreSQL process that has no such thing.
 */
final class LinePrefix {
    private static final String UNKNOWN = "[unknown]";

    private final LogFormat format;
    private final LogSource source;
    private final Instant now;
    private final SqlState sqlState;

    LinePrefix(LogFormat format, LogSource source, Instant now, SqlState sqlState) {
        this.format = format;
        this.source = source;
        this.now = now;
        this.sqlState = sqlState;
    }

    void appendTo(StringBuilder text, long lineNumber) {
        String pattern = format.linePrefix();
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
            width = Math.min(1000, width * 10 + pattern.charAt(i) - '0');
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
            case 'm' -> timestamp(now, format.zone(), true);
            case 't' -> timestamp(now, format.zone(), false);
            case 'n' -> epoch(now);
            case 's' -> timestamp(source.startedAt(), format.zone(), false);
            case 'c' -> Long.toHexString(source.startedAt().getEpochSecond()) + "." + Integer.toHexString(source.pid());
            case 'b' -> source.backendType();
            case 'e' -> sqlState.code();
            case 'l' -> Long.toString(lineNumber);
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

    private static String epoch(Instant at) {
        StringBuilder text = new StringBuilder(16).append(at.getEpochSecond()).append('.');
        return digits(text, Math.floorMod(at.toEpochMilli(), 1000), 3).toString();
    }

    /** {@code YYYY-MM-DD HH:MM:SS[.mmm] TZ} (LOG-22), without a formatter: children pay for each class at start. */
    static String timestamp(Instant at, ZoneId zone, boolean millis) {
        ZoneOffset offset = zone.getRules().getOffset(at);
        LocalDateTime local = LocalDateTime.ofEpochSecond(at.getEpochSecond(), at.getNano(), offset);
        StringBuilder text = new StringBuilder(32);
        digits(text, local.getYear(), 4).append('-');
        digits(text, local.getMonthValue(), 2).append('-');
        digits(text, local.getDayOfMonth(), 2).append(' ');
        digits(text, local.getHour(), 2).append(':');
        digits(text, local.getMinute(), 2).append(':');
        digits(text, local.getSecond(), 2);
        if (millis) {
            digits(text.append('.'), Math.floorMod(at.toEpochMilli(), 1000), 3);
        }
        return text.append(' ').append(abbreviation(at, zone)).toString();
    }

    private static String abbreviation(Instant at, ZoneId zone) {
        if (zone.getId().equals("UTC")) {
            return "UTC"; // the usual case, and the only one that needs no locale data
        }
        return TimeZone.getTimeZone(zone)
                .getDisplayName(zone.getRules().isDaylightSavings(at), TimeZone.SHORT, Locale.ENGLISH);
    }

    private static StringBuilder digits(StringBuilder text, int value, int width) {
        String digits = Integer.toString(value);
        return text.append("0".repeat(Math.max(0, width - digits.length()))).append(digits);
    }
}
