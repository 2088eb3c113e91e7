package dev.postmaster.report;

import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Locale;
import java.util.TimeZone;

/** Times as the log shows them (LOG-22), without a formatter: children pay for each class at start. */
final class LogTime {
    private LogTime() {}

    /** {@code 2026-11-22 17:00:00 UTC}. */
    static String seconds(Instant at, ZoneId zone) {
        return text(at, zone, false);
    }

    /** {@code 2026-11-22 17:00:00.123 UTC}. */
    static String millis(Instant at, ZoneId zone) {
        return text(at, zone, true);
    }

    /** {@code 1795366800.123}. */
    static String epoch(Instant at) {
        StringBuilder text = new StringBuilder(16).append(at.getEpochSecond()).append('.');
        return digits(text, Math.floorMod(at.toEpochMilli(), 1000), 3).toString();
    }

    private static String text(Instant at, ZoneId zone, boolean millis) {
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
        String name = TimeZone.getTimeZone(zone)
                .getDisplayName(zone.getRules().isDaylightSavings(at), TimeZone.SHORT, Locale.ENGLISH);
        boolean nameless = name.startsWith("GMT+") || name.startsWith("GMT-");
        return nameless ? number(zone.getRules().getOffset(at)) : name;
    }

    /** What stands in the IANA database for a name: {@code -03}, {@code +0545}. */
    private static String number(ZoneOffset offset) {
        String digits = offset.getId().replace(":", "");
        return digits.endsWith("00") ? digits.substring(0, digits.length() - 2) : digits;
    }

    private static StringBuilder digits(StringBuilder text, int value, int width) {
        String digits = Integer.toString(value);
        return text.append("0".repeat(Math.max(0, width - digits.length()))).append(digits);
    }
}
