package dev.postmaster.config;

import dev.postmaster.report.Report;
import dev.postmaster.report.ReportException;
import dev.postmaster.report.Severity;
import dev.postmaster.report.SqlState;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** {@code on} or {@code off}, and every unique prefix of PostgreSQL's words for them (bool.c). */
record BoolType() implements SettingType<Boolean> {

    @Override
    public Boolean parse(String name, String text) {
        Boolean value = value(text.strip().toLowerCase(Locale.ROOT));
        if (value == null) {
            throw new ReportException(Report.of(
                    Severity.ERROR,
                    SqlState.INVALID_PARAMETER_VALUE,
                    "parameter \"" + name + "\" requires a Boolean value"));
        }
        return value;
    }

    /** A lone {@code o} is a prefix of both. */
    static @Nullable Boolean value(String word) {
        if (word.isEmpty() || word.equals("o")) {
            return null;
        }
        if ("true".startsWith(word) || "yes".startsWith(word) || word.equals("on") || word.equals("1")) {
            return true;
        }
        if ("false".startsWith(word) || "no".startsWith(word) || "off".startsWith(word) || word.equals("0")) {
            return false;
        }
        return null;
    }

    @Override
    public String format(Boolean value) {
        return value ? "on" : "off";
    }

    @Override
    public String allowed() {
        return "on, off";
    }
}
