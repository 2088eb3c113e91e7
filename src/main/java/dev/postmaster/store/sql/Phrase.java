package dev.postmaster.store.sql;

import dev.postmaster.report.ReportException;
import dev.postmaster.report.SqlState;
import dev.postmaster.store.type.SqlError;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * One statement as tokens, changed in place by the rules of the dialect. Indexes count tokens; an index outside gives
 * {@link Token#NONE}, so that a rule can look around without asking for the bounds.
 */
final class Phrase {
    /** Words that may stand before an opening parenthesis without being a function's name. */
    private static final Set<String> NOT_FUNCTIONS =
            Words.set("and or not in where on when then else select from having values set returning using as by union "
                    + "all except intersect is like between case distinct limit offset any some with join ilike escape "
                    + "default check");

    private final String sql;
    private final List<Token> tokens;

    Phrase(String sql, List<Token> tokens) {
        this.sql = sql;
        this.tokens = tokens;
    }

    static Phrase of(String sql) {
        return new Phrase(sql, new ArrayList<>(Lexer.tokens(sql)));
    }

    /** Other tokens over the same text of the client's. */
    Phrase with(List<Token> others) {
        return new Phrase(sql, others);
    }

    int size() {
        return tokens.size();
    }

    Token at(int index) {
        return index < 0 || index >= tokens.size() ? Token.NONE : tokens.get(index);
    }

    List<Token> tokens(int from, int to) {
        return List.copyOf(tokens.subList(from, to));
    }

    boolean isWord(int index, String word) {
        return at(index).isWord(word);
    }

    /** Whether these words stand here one after another. */
    boolean areWords(int index, String... words) {
        for (int i = 0; i < words.length; i++) {
            if (!isWord(index + i, words[i])) {
                return false;
            }
        }
        return true;
    }

    boolean isOneOf(int index, Set<String> words) {
        Token token = at(index);
        return token.type() == TokenType.WORD && words.contains(token.text());
    }

    boolean isOperator(int index, String operator) {
        return at(index).isOperator(operator);
    }

    boolean is(int index, TokenType type) {
        return at(index).type() == type;
    }

    /** Whether a call of some function starts here: a name with a parenthesis after it. */
    boolean isCall(int index) {
        return at(index).isName() && is(index + 1, TokenType.OPEN) && !isOneOf(index, NOT_FUNCTIONS);
    }

    void set(int index, Token token) {
        tokens.set(index, token);
    }

    void remove(int from, int to) {
        tokens.subList(from, to).clear();
    }

    /** Replaces tokens by others, which stand as far from what is before as the replaced did. */
    void replace(int from, int to, List<Token> others) {
        boolean gap = from < to && at(from).gap();
        List<Token> range = tokens.subList(from, to);
        range.clear();
        range.addAll(others);
        if (gap && !others.isEmpty()) {
            set(from, at(from).withGap(true));
        }
    }

    /** Inserts words of ours before a token; they get a neighbour's place in the client's text. */
    void insert(int index, String text) {
        tokens.addAll(index, Template.fill(at(Math.min(index, size() - 1)), text));
    }

    /** The parenthesis that closes the one here. */
    int closing(int open) {
        int depth = 0;
        for (int i = open; i < size(); i++) {
            if (is(i, TokenType.OPEN)) {
                depth++;
            } else if (is(i, TokenType.CLOSE) && --depth == 0) {
                return i;
            }
        }
        throw syntaxError(size());
    }

    /** The parenthesis that opens the one closed here. */
    int opening(int close) {
        int depth = 0;
        for (int i = close; i >= 0; i--) {
            if (is(i, TokenType.CLOSE)) {
                depth++;
            } else if (is(i, TokenType.OPEN) && --depth == 0) {
                return i;
            }
        }
        throw syntaxError(close);
    }

    /** The next place of a word outside parentheses; -1 when it is not there. */
    int find(int from, String word) {
        for (int i = from; i < size(); i++) {
            if (isWord(i, word)) {
                return i;
            }
            if (is(i, TokenType.OPEN)) {
                i = closing(i);
            }
        }
        return -1;
    }

    /** After the last token of the comma-separated part that starts here: a comma, the list's end, or {@code end}. */
    int partEnd(int start, int end) {
        int i = start;
        while (i < end && !is(i, TokenType.COMMA)) {
            i = is(i, TokenType.OPEN) ? closing(i) + 1 : i + 1;
        }
        return Math.min(i, end);
    }

    /** The comma-separated parts of the parenthesis that opens here. */
    List<List<Token>> parts(int open) {
        int close = closing(open);
        List<List<Token>> parts = new ArrayList<>();
        for (int start = open + 1; start < close; start = partEnd(start, close) + 1) {
            parts.add(tokens(start, partEnd(start, close)));
        }
        return parts;
    }

    /** 42601 at a token, in PostgreSQL's words. */
    ReportException syntaxError(int index) {
        if (index < 0 || index >= size()) {
            return SqlError.at(
                    SqlState.SYNTAX_ERROR, "syntax error at end of input", Lexer.position(sql, sql.length()));
        }
        return error(index, SqlState.SYNTAX_ERROR, "syntax error at or near \"" + source(index) + "\"");
    }

    ReportException error(int index, SqlState state, String message) {
        return SqlError.at(state, message, position(index));
    }

    /** Where a token stands in the client's text, for the position of an error. */
    int position(int index) {
        return Lexer.position(sql, index >= size() ? sql.length() : at(index).start());
    }

    int position(Token token) {
        return Lexer.position(sql, token.start());
    }

    /** A token as the client wrote it. */
    String source(int index) {
        return sql.substring(at(index).start(), at(index).end());
    }

    /** Some tokens as the client wrote them. */
    String source(int from, int to) {
        return from >= to ? "" : sql.substring(at(from).start(), at(to - 1).end());
    }

    /** The client's text from a token on, with blanks for what comes before: every place in it stays where it was. */
    String blankedTo(int index) {
        return " ".repeat(position(index) - 1) + sql.substring(at(index).start());
    }

    /** The statement in SQLite's spelling. */
    String render() {
        return render(size());
    }

    /** Its first tokens in SQLite's spelling. */
    String render(int count) {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < count; i++) {
            if (i > 0 && at(i).standsApartFrom(at(i - 1))) {
                text.append(' ');
            }
            text.append(at(i).render());
        }
        return text.toString();
    }
}
