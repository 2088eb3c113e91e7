package dev.postmaster.store.sql;

import dev.postmaster.report.ReportException;
import dev.postmaster.report.SqlState;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** CREATE TABLE, with columns or AS a query. */
final class CreateTable {
    private static final Set<String> TABLE_CONSTRAINTS =
            Words.set("constraint primary unique foreign check exclude like");

    /** What may follow the columns in SQLite too. */
    private static final Set<String> SQLITE_OPTIONS = Set.of("without", "strict");

    private final Phrase phrase;
    private int open;

    private CreateTable(Phrase phrase) {
        this.phrase = phrase;
    }

    static Translation translate(Phrase phrase, int table) {
        CreateTable definition = new CreateTable(phrase);
        int name = phrase.areWords(table + 1, "if", "not", "exists") ? table + 4 : table + 1;
        while (phrase.is(name + 1, TokenType.DOT)) {
            name += 2;
        }
        if (!phrase.at(name).isName()) {
            throw phrase.syntaxError(name);
        }
        if (phrase.isWord(name + 1, "as")) {
            ExpressionRules.apply(phrase, false);
            return Translation.utility(new Kind.Utility(true), "CREATE TABLE AS", SqliteText.of(phrase));
        }
        if (!phrase.is(name + 1, TokenType.OPEN)) {
            throw phrase.syntaxError(name + 1);
        }
        definition.open = name + 1;
        definition.options();
        definition.columns();
        ExpressionRules.apply(phrase, true);
        return Translation.utility(new Kind.Utility(true), "CREATE TABLE", SqliteText.of(phrase));
    }

    /** Storage options mean nothing here; inheritance and partitions would. */
    private void options() {
        int start = phrase.closing(open) + 1;
        int end = start;
        while (end < phrase.size()) {
            if (phrase.isWord(end, "inherits") || phrase.isWord(end, "partition")) {
                throw Dialect.unsupported(phrase, end, phrase.isWord(end, "inherits") ? "INHERITS" : "PARTITION BY");
            }
            end = phrase.is(end, TokenType.OPEN) ? phrase.closing(end) + 1 : end + 1;
        }
        boolean sqlites = phrase.isOneOf(start, SQLITE_OPTIONS) && !phrase.areWords(start, "without", "oids");
        if (!sqlites) {
            phrase.remove(start, phrase.size());
        }
    }

    private void columns() {
        Set<String> keys = primaryKeyColumns();
        List<Integer> starts = new ArrayList<>();
        int close = phrase.closing(open);
        for (int start = open + 1; start < close; start = phrase.partEnd(start, close) + 1) {
            if (phrase.isWord(start, "like") || phrase.isWord(start, "exclude")) {
                throw Dialect.unsupported(phrase, start, phrase.isWord(start, "like") ? "LIKE" : "EXCLUDE");
            }
            if (!phrase.isOneOf(start, TABLE_CONSTRAINTS)) {
                starts.add(start);
            }
        }
        for (int start : starts.reversed()) {
            String name = phrase.at(start).text();
            ColumnDefinition column = new ColumnDefinition(phrase, start, phrase.partEnd(start, phrase.closing(open)));
            column.rewrite(keys.contains(name), keys.size() == 1);
        }
    }

    /** The columns of a PRIMARY KEY that stands by itself. */
    private Set<String> primaryKeyColumns() {
        Set<String> names = new HashSet<>();
        int close = phrase.closing(open);
        for (int start = open + 1; start < close; start = phrase.partEnd(start, close) + 1) {
            int primary = phrase.isWord(start, "constraint") ? start + 2 : start;
            if (phrase.areWords(primary, "primary", "key") && phrase.is(primary + 2, TokenType.OPEN)) {
                phrase.parts(primary + 2)
                        .forEach(part -> names.add(part.getFirst().text()));
            }
        }
        return names;
    }

    static ReportException arraysNotSupported(Phrase phrase, int index) {
        return phrase.error(index, SqlState.FEATURE_NOT_SUPPORTED, "arrays are not supported");
    }
}
