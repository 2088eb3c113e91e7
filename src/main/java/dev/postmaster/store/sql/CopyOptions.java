package dev.postmaster.store.sql;

import dev.postmaster.report.SqlState;
import dev.postmaster.store.copy.CopyFormat;
import dev.postmaster.store.copy.CopyFormat.Style;
import dev.postmaster.store.type.Booleans;
import dev.postmaster.store.type.SqlError;
import java.util.HashSet;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The options of COPY, as a list in parentheses or one after another as before version 9 (ProcessCopyOptions). */
final class CopyOptions {
    private final Phrase phrase;
    private final Set<String> seen = new HashSet<>();
    private int at;
    private Style style = Style.TEXT;
    private boolean header;
    private @Nullable String delimiter;
    private @Nullable String nullText;
    private @Nullable String quote;
    private @Nullable String escape;

    CopyOptions(Phrase phrase, int start) {
        this.phrase = phrase;
        this.at = phrase.isWord(start, "with") ? start + 1 : start;
    }

    CopyFormat read() {
        int end = phrase.size();
        if (phrase.is(at, TokenType.OPEN)) {
            end = phrase.closing(at);
            if (end != phrase.size() - 1) {
                throw phrase.syntaxError(end + 1);
            }
            at++;
        }
        while (at < end) {
            option();
            if (phrase.is(at, TokenType.COMMA)) {
                at++;
            }
        }
        CopyFormat plain =
                switch (style) {
                    case TEXT -> CopyFormat.TEXT;
                    case CSV -> CopyFormat.CSV;
                };
        char mark = single("delimiter", delimiter, plain.delimiter());
        refuseOutsideCsv("quote", quote);
        char quoteMark = single("quote", quote, plain.quote());
        refuseOutsideCsv("escape", escape);
        char escapeMark = single("escape", escape, quoteMark);
        String absent = nullText == null ? plain.nullText() : nullText;
        CopyFormat format = new CopyFormat(style, mark, absent, header, quoteMark, escapeMark);
        CopyChecks.check(format);
        return format;
    }

    private void refuseOutsideCsv(String option, @Nullable String value) {
        if (value != null && style != Style.CSV) {
            throw SqlError.of(SqlState.FEATURE_NOT_SUPPORTED, "COPY " + option + " available only in CSV mode");
        }
    }

    private void option() {
        String name = phrase.at(at).text();
        int option = at++;
        if (!seen.add(meaning(name))) {
            throw phrase.error(option, SqlState.SYNTAX_ERROR, "conflicting or redundant options");
        }
        switch (name) {
            case "format" -> style = style(at++);
            case "csv", "binary" -> style = style(option);
            case "header" -> header = truth();
            case "freeze" -> truth(); // there is nothing to freeze
            case "delimiter", "delimiters" -> delimiter = string();
            case "null" -> nullText = string();
            case "quote" -> quote = string();
            case "escape" -> escape = string();
            case "encoding" -> encoding();
            case "force", "force_quote", "force_not_null", "force_null" ->
                throw Dialect.unsupported(phrase, option, "COPY option " + name.toUpperCase(Locale.ROOT));
            default -> throw phrase.syntaxError(option);
        }
    }

    /** What an option is called that has two names. */
    private static String meaning(String name) {
        return switch (name) {
            case "csv", "binary" -> "format";
            case "delimiters" -> "delimiter";
            default -> name;
        };
    }

    private Style style(int index) {
        String name = phrase.at(index).text();
        return switch (name) {
            case "text" -> Style.TEXT;
            case "csv" -> Style.CSV;
            case "binary" -> throw Dialect.unsupported(phrase, index, "COPY in binary format");
            default ->
                throw phrase.error(
                        index, SqlState.INVALID_PARAMETER_VALUE, "COPY format \"" + name + "\" not recognized");
        };
    }

    /** The option's value, which may be left out: then it is true. */
    private boolean truth() {
        Boolean value = phrase.at(at).type() == TokenType.COMMA
                ? null
                : Booleans.of(phrase.at(at).text());
        at += value == null ? 0 : 1;
        return value == null || value;
    }

    private String string() {
        if (phrase.isWord(at, "as")) {
            at++;
        }
        if (!phrase.is(at, TokenType.STRING)) {
            throw phrase.syntaxError(at);
        }
        return phrase.at(at++).text();
    }

    private void encoding() {
        int index = at;
        String name = string().toUpperCase(Locale.ROOT).replace("-", "");
        if (!name.equals("UTF8")) {
            throw Dialect.unsupported(phrase, index, "COPY in an encoding other than UTF8");
        }
    }

    private static char single(String option, @Nullable String text, char otherwise) {
        if (text == null) {
            return otherwise;
        }
        if (text.length() != 1 || text.charAt(0) > 127) {
            throw SqlError.of(
                    SqlState.FEATURE_NOT_SUPPORTED, "COPY " + option + " must be a single one-byte character");
        }
        return text.charAt(0);
    }
}
