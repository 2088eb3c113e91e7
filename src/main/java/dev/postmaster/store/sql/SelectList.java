package dev.postmaster.store.sql;

import dev.postmaster.store.catalog.CatalogColumns;
import dev.postmaster.store.type.PgType;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads the items of SELECT or RETURNING for their names (FigureColname) and, where the text tells, their types. */
final class SelectList {
    private static final Set<String> LIST_ENDS =
            Words.set("from where group having order limit offset fetch union except intersect window for into");

    private SelectList() {}

    /** The items after a SELECT or RETURNING. */
    static List<OutputColumn> after(Phrase phrase, int keyword) {
        int end = listEnd(phrase, keyword);
        boolean catalog = CatalogRules.concerns(phrase);
        List<OutputColumn> columns = new ArrayList<>();
        for (int start = listStart(phrase, keyword); start < end; ) {
            int to = phrase.partEnd(start, end);
            columns.add(item(phrase, start, to, catalog));
            start = to + 1;
        }
        return columns;
    }

    private static int listStart(Phrase phrase, int keyword) {
        boolean set = phrase.isWord(keyword + 1, "all") || phrase.isWord(keyword + 1, "distinct");
        return set ? keyword + 2 : keyword + 1;
    }

    /** After the last token of the items. */
    static int listEnd(Phrase phrase, int keyword) {
        int end = listStart(phrase, keyword);
        while (end < phrase.size() && !phrase.is(end, TokenType.CLOSE) && !phrase.isOneOf(end, LIST_ENDS)) {
            end = phrase.is(end, TokenType.OPEN) ? phrase.closing(end) + 1 : end + 1;
        }
        return end;
    }

    private static OutputColumn item(Phrase phrase, int from, int to, boolean catalog) {
        if (to == from) {
            throw phrase.syntaxError(to);
        }
        if (phrase.isOperator(to - 1, "*") && (to - from == 1 || phrase.is(to - 2, TokenType.DOT))) {
            return OutputColumn.STAR;
        }
        int end = expressionEnd(phrase, from, to);
        Expression expression = new Expression(phrase, from, end);
        String name = end < to ? phrase.at(to - 1).text() : expression.name();
        TypeName cast = expression.cast();
        if (cast != null) {
            return new OutputColumn(false, name, cast.array() ? PgType.TEXT : cast.type(), cast.modifier());
        }
        PgType type = expression.type();
        boolean column = type == null && catalog && expression.isColumn();
        return new OutputColumn(
                false, name, column ? CatalogColumns.type(phrase.at(end - 1).text()) : type, -1);
    }

    /** Where the expression ends and its alias begins. */
    private static int expressionEnd(Phrase phrase, int from, int to) {
        if (to - from < 2 || !phrase.at(to - 1).isName()) {
            return to;
        }
        if (phrase.isWord(to - 2, "as")) {
            return to - 2;
        }
        for (int i = to - 1; i > from; i--) {
            if (phrase.isOperator(i, "::")) {
                return TypeName.read(phrase, i + 1).end() == to ? to : to - 1;
            }
        }
        boolean word = phrase.is(to - 1, TokenType.WORD)
                && Words.endsOperand(phrase.at(to - 1).text());
        return word || !endsOperand(phrase.at(to - 2)) ? to : to - 1;
    }

    private static boolean endsOperand(Token token) {
        return switch (token.type()) {
            case NAME, STRING, BLOB, NUMBER, PARAMETER, CLOSE -> true;
            case WORD ->
                token.text().equals("end")
                        || !(Words.endsOperand(token.text()) || token.text().equals("collate"));
            case OPERATOR, OPEN, COMMA, DOT, SEMICOLON, END -> false;
        };
    }

    static @Nullable PgType literalType(Token token) {
        return switch (token.type()) {
            case NUMBER -> numberType(token.text());
            case STRING -> PgType.TEXT;
            case BLOB -> PgType.BYTEA;
            case WORD ->
                switch (token.text()) {
                    case "true", "false" -> PgType.BOOL;
                    case "null" -> PgType.TEXT;
                    case "current_user",
                            "session_user",
                            "current_role",
                            "current_catalog",
                            "current_schema",
                            "current_timestamp",
                            "current_date",
                            "current_time",
                            "localtime",
                            "localtimestamp" -> FunctionTypes.of(token.text());
                    default -> null;
                };
            case NAME, PARAMETER, OPERATOR, OPEN, CLOSE, COMMA, DOT, SEMICOLON, END -> null;
        };
    }

    private static PgType numberType(String text) {
        boolean whole = text.chars().allMatch(c -> c >= '0' && c <= '9');
        if (!whole || text.length() > 19) {
            return PgType.NUMERIC;
        }
        return text.length() < 10 || (text.length() == 10 && text.compareTo("2147483647") <= 0)
                ? PgType.INT4
                : PgType.INT8;
    }
}
