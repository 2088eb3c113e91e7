package dev.postmaster.store.type;

import java.time.DateTimeException;
import java.time.LocalDate;

/** Reads one {@link Moment}; fails with DateTimeException or NumberFormatException. */
final class MomentParser {
    private final String text;
    private int at;

    MomentParser(String text) {
        this.text = text.strip();
    }

    Moment parse() {
        long day = 0;
        long micros = 0;
        int offset = 0;
        boolean dated = text.indexOf('-') >= 4;
        if (dated) {
            day = date();
        }
        if (dated && more() && (text.charAt(at) == ' ' || text.charAt(at) == 'T')) {
            at++;
        }
        if (more() && Character.isDigit(text.charAt(at))) {
            micros = time();
        }
        if (more()) {
            offset = offset();
        }
        if (more() || at == 0) {
            throw new DateTimeException("trailing characters");
        }
        return new Moment(day, micros, offset);
    }

    private long date() {
        int year = number(10);
        expect('-');
        int month = number(2);
        expect('-');
        return LocalDate.of(year, month, number(2)).toEpochDay();
    }

    private long time() {
        int hour = number(2);
        expect(':');
        int minute = number(2);
        long micros = 0;
        int second = 0;
        if (more() && text.charAt(at) == ':') {
            at++;
            second = number(2);
            micros = fraction();
        }
        if (hour > 24 || minute > 59 || second > 60) {
            throw new DateTimeException("field out of range");
        }
        return ((hour * 60L + minute) * 60 + second) * Moment.MICROS_PER_SECOND + micros;
    }

    private long fraction() {
        if (!more() || text.charAt(at) != '.') {
            return 0;
        }
        at++;
        long micros = 0;
        long unit = Moment.MICROS_PER_SECOND;
        while (more() && Character.isDigit(text.charAt(at))) {
            unit /= 10;
            micros += unit * (text.charAt(at++) - '0');
        }
        return micros;
    }

    private int offset() {
        char sign = text.charAt(at++);
        if (sign == 'Z' && !more()) {
            return 0;
        }
        if (sign == ' ' && text.startsWith("UTC", at)) {
            at += 3;
            return 0;
        }
        if (sign != '+' && sign != '-') {
            throw new DateTimeException("no offset");
        }
        int seconds = number(2) * 3600;
        for (int unit = 60; unit > 0 && more(); unit /= 60) {
            if (text.charAt(at) == ':') {
                at++;
            }
            seconds += number(2) * unit;
        }
        return sign == '-' ? -seconds : seconds;
    }

    private int number(int digits) {
        int start = at;
        while (more() && at - start < digits && Character.isDigit(text.charAt(at))) {
            at++;
        }
        return Integer.parseInt(text.substring(start, at));
    }

    private void expect(char expected) {
        if (!more() || text.charAt(at++) != expected) {
            throw new DateTimeException("expected " + expected);
        }
    }

    private boolean more() {
        return at < text.length();
    }
}
