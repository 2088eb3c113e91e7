package dev.postmaster.store.type;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;

/** Points in time outside of any table, such as the one in VALID UNTIL. */
public final class Instants {
    private Instants() {}

    /**
     * The instant a text names; without an offset it is meant in UTC, and {@code infinity} is {@link Instant#MAX}.
     *
     * @throws dev.postmaster.report.ReportException ERROR 22P02 for a text that names none
     */
    public static Instant of(String text) {
        if (text.strip().equalsIgnoreCase("infinity")) {
            return Instant.MAX;
        }
        try {
            Moment moment = new MomentParser(text).parse();
            return LocalDate.ofEpochDay(moment.epochDay())
                    .atStartOfDay()
                    .toInstant(ZoneOffset.UTC)
                    .plus(moment.microsOfDay(), ChronoUnit.MICROS)
                    .minusSeconds(moment.offsetSeconds());
        } catch (DateTimeException | NumberFormatException e) {
            throw SqlError.invalidInput(PgType.TIMESTAMPTZ, text);
        }
    }

    /** The text of an instant as SQL has it. */
    public static String text(Instant instant) {
        long micros = ChronoUnit.MICROS.between(Instant.EPOCH, instant);
        Moment moment = new Moment(
                Math.floorDiv(micros, Moment.MICROS_PER_DAY), Math.floorMod(micros, Moment.MICROS_PER_DAY), 0);
        return moment.dateTime() + "+00";
    }
}
