package dev.postmaster.child.backend;

import static dev.postmaster.child.backend.Errors.error;

import dev.postmaster.report.ReportException;
import dev.postmaster.report.SqlState;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * A setting of one session, as PostgreSQL's clients know it (guc_tables.c). What the postmaster configures is in {@link
 * dev.postmaster.config.Guc}.
 *
 * @param name in PostgreSQL's spelling, which is not always lower case
 * @param defaultValue as {@code SHOW} prints it
 * @param rule which values it takes
 * @param words the values of {@link Rule#WORD}
 */
record SessionSetting(String name, String defaultValue, Rule rule, List<String> words) {

    /** Which values a setting takes. */
    enum Rule {
        TEXT,
        BOOLEAN,
        INTEGER,
        /** One of a list. */
        WORD,
        /** A comma-separated list of identifiers. */
        LIST,
        /** We write dates in ISO style; the order of day, month and year is the client's. */
        DATE_STYLE,
        /** We speak UTF-8. */
        ENCODING,
        /** Only the server knows. */
        FIXED
    }

    static SessionSetting setting(String name, String defaultValue, Rule rule) {
        return new SessionSetting(name, defaultValue, rule, List.of());
    }

    static SessionSetting word(String name, String defaultValue, String... others) {
        return new SessionSetting(name, defaultValue, Rule.WORD, List.of(others));
    }

    static SessionSetting fixed(String name, String value) {
        return setting(name, value, Rule.FIXED);
    }

    /** The name as it is looked up. */
    String key() {
        return name.toLowerCase(Locale.ROOT);
    }

    /**
     * The value in the form in which it is kept.
     *
     * @throws ReportException ERROR 22023 for a value it does not take, 55P02 for a setting that cannot be set
     */
    String accept(String text) {
        String value =
                switch (rule) {
                    case TEXT, LIST -> text;
                    case BOOLEAN -> booleanWord(text.toLowerCase(Locale.ROOT));
                    case INTEGER -> integer(text);
                    case WORD -> word(text.toLowerCase(Locale.ROOT));
                    case DATE_STYLE -> DateStyle.accept(text);
                    case ENCODING -> encoding(text);
                    case FIXED ->
                        throw error(SqlState.CANT_CHANGE_RUNTIME_PARAM, "parameter \"" + name + "\" cannot be changed");
                };
        if (value == null) {
            throw error(
                    SqlState.INVALID_PARAMETER_VALUE, "invalid value for parameter \"" + name + "\": \"" + text + "\"");
        }
        return value;
    }

    private static @Nullable String booleanWord(String text) {
        return switch (text) {
            case "on", "true", "tru", "tr", "t", "yes", "ye", "y", "1" -> "on";
            case "off", "of", "false", "fals", "fal", "fa", "f", "no", "n", "0" -> "off";
            default -> null;
        };
    }

    private static @Nullable String integer(String text) {
        try {
            return Integer.toString(Integer.parseInt(text.strip()));
        } catch (NumberFormatException e) {
            return null;
        }
    }

    private @Nullable String word(String text) {
        return text.equals(defaultValue) || words.contains(text) ? text : null;
    }

    /** SQL_ASCII means "do not convert", which we do not. */
    private static @Nullable String encoding(String text) {
        String plain = text.replace("-", "").replace("_", "").toUpperCase(Locale.ROOT);
        return switch (plain) {
            case "UTF8", "UNICODE" -> "UTF8";
            case "SQLASCII" -> "SQL_ASCII";
            default -> null;
        };
    }
}
