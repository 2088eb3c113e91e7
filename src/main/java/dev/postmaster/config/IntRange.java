package dev.postmaster.config;

import dev.postmaster.report.Report;
import dev.postmaster.report.ReportException;
import dev.postmaster.report.Severity;
import dev.postmaster.report.SqlState;

/** Whole numbers of one unit between two bounds, read and checked as guc.c's {@code parse_int} does. */
record IntRange(Unit unit, int min, int max) {

    int parse(String name, String text) {
        NumberText number = NumberText.scan(text);
        Unit given = number == null ? null : number.rest().isEmpty() ? unit : unit.sibling(number.rest());
        if (number == null || given == null) {
            throw SettingType.invalid(
                    name, text, number == null ? "" : unit.family().hint());
        }
        double value = Math.rint(number.value() * given.size() / unit.size());
        if (value > Integer.MAX_VALUE || value < Integer.MIN_VALUE) {
            throw SettingType.invalid(name, text, "Value exceeds integer range.");
        }
        if (value < min || value > max) {
            throw outside(name, (int) value);
        }
        return (int) value;
    }

    private ReportException outside(String name, int value) {
        String message = inUnit(value) + " is outside the valid range for parameter \"" + name + "\" (" + this + ")";
        return new ReportException(Report.of(Severity.ERROR, SqlState.INVALID_PARAMETER_VALUE, message));
    }

    private String inUnit(int value) {
        return unit == Unit.NONE ? Integer.toString(value) : value + " " + unit.symbol();
    }

    @Override
    public String toString() {
        return inUnit(min) + " .. " + inUnit(max);
    }
}
