package dev.postmaster.store.sql;

import dev.postmaster.report.ReportException;
import dev.postmaster.report.SqlState;
import dev.postmaster.store.type.SqlError;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Cuts SQL into tokens by PostgreSQL's rules (scan.l), standard_conforming_strings on. */
final class Lexer {
    private static final String OPERATOR_CHARACTERS = "+-*/<>=~!@#%^&|`?:";

    /** An operator may end in + or - only if one of these is in it. */
    private static final String SIGN_KEEPERS = "~!@#%^&|`?";

    private final String sql;
    private final List<Token> tokens = new ArrayList<>();
    private int at;
    private boolean gap;

    private Lexer(String sql) {
        this.sql = sql;
    }

    static List<Token> tokens(String sql) {
        Lexer lexer = new Lexer(sql);
        while (lexer.skipBlanks()) {
            lexer.token();
        }
        return lexer.tokens;
    }

    /** The place of a character for a client: counted in characters, from 1. */
    static int position(String sql, int index) {
        return sql.codePointCount(0, Math.min(index, sql.length())) + 1;
    }

    private void token() {
        char c = sql.charAt(at);
        char next = peek(1);
        if (c == '\'') {
            quoted(TokenType.STRING, 0);
        } else if (c == '"') {
            quoted(TokenType.NAME, 0);
        } else if (next == '\'' && (c == 'e' || c == 'E')) {
            escaped();
        } else if (next == '\'' && (c == 'x' || c == 'X')) {
            quoted(TokenType.BLOB, 1);
        } else if (next == '\'' && (c == 'n' || c == 'N')) {
            quoted(TokenType.STRING, 1);
        } else if (isDigit(c) || (c == '.' && isDigit(next))) {
            number();
        } else if (c == '$') {
            dollar();
        } else if (isNameStart(c)) {
            word();
        } else {
            symbol(c);
        }
    }

    private void symbol(char c) {
        switch (c) {
            case '(' -> add(TokenType.OPEN, "(", at + 1);
            case ')' -> add(TokenType.CLOSE, ")", at + 1);
            case ',' -> add(TokenType.COMMA, ",", at + 1);
            case '.' -> add(TokenType.DOT, ".", at + 1);
            case ';' -> add(TokenType.SEMICOLON, ";", at + 1);
            case '[', ']' -> add(TokenType.OPERATOR, String.valueOf(c), at + 1);
            default -> operator();
        }
    }

    /** A string or name whose quote is doubled inside. */
    private void quoted(TokenType type, int prefix) {
        char quote = sql.charAt(at + prefix);
        StringBuilder text = new StringBuilder();
        int i = at + prefix + 1;
        while (i < sql.length()) {
            char c = sql.charAt(i);
            if (c == quote && i + 1 < sql.length() && sql.charAt(i + 1) == quote) {
                i++;
            } else if (c == quote) {
                add(type, text.toString(), i + 1);
                return;
            }
            text.append(c);
            i++;
        }
        throw unterminated(type == TokenType.NAME ? "quoted identifier" : "quoted string");
    }

    private void escaped() {
        EscapeString string = new EscapeString(sql, at + 2);
        if (!string.terminated()) {
            throw unterminated("quoted string");
        }
        add(TokenType.STRING, string.text(), string.end());
    }

    private void dollar() {
        int end = at + 1;
        while (end < sql.length() && isDigit(sql.charAt(end))) {
            end++;
        }
        if (end > at + 1) {
            add(TokenType.PARAMETER, sql.substring(at + 1, end), end);
            return;
        }
        while (end < sql.length() && isNamePart(sql.charAt(end)) && sql.charAt(end) != '$') {
            end++;
        }
        if (end >= sql.length() || sql.charAt(end) != '$') {
            throw failure("syntax error at or near \"$\"");
        }
        String tag = sql.substring(at, end + 1);
        int close = sql.indexOf(tag, end + 1);
        if (close < 0) {
            throw unterminated("dollar-quoted string");
        }
        add(TokenType.STRING, sql.substring(end + 1, close), close + tag.length());
    }

    private void number() {
        int end = at;
        boolean hex = sql.charAt(at) == '0' && (peek(1) == 'x' || peek(1) == 'X');
        if (hex) {
            end += 2;
        }
        while (end < sql.length() && (hex ? Character.digit(sql.charAt(end), 16) >= 0 : isNumberPart(end))) {
            end++;
        }
        add(TokenType.NUMBER, sql.substring(at, end), end);
    }

    private boolean isNumberPart(int index) {
        char c = sql.charAt(index);
        char before = index > at ? sql.charAt(index - 1) : 0;
        char after = index + 1 < sql.length() ? sql.charAt(index + 1) : 0;
        return switch (c) {
            case '.' -> sql.indexOf('.', at) == index && after != '.';
            case 'e', 'E' -> isDigit(after) || ((after == '+' || after == '-') && digitAt(index + 2));
            case '+', '-' -> before == 'e' || before == 'E';
            case '_' -> isDigit(before) && isDigit(after);
            default -> isDigit(c);
        };
    }

    private boolean digitAt(int index) {
        return index < sql.length() && isDigit(sql.charAt(index));
    }

    private void word() {
        int end = at;
        while (end < sql.length() && isNamePart(sql.charAt(end))) {
            end++;
        }
        add(TokenType.WORD, sql.substring(at, end).toLowerCase(Locale.ROOT), end);
    }

    private void operator() {
        int end = at;
        while (end < sql.length() && OPERATOR_CHARACTERS.indexOf(sql.charAt(end)) >= 0 && !commentAt(end)) {
            end++;
        }
        if (end == at) {
            throw failure("syntax error at or near \"" + sql.charAt(at) + "\"");
        }
        String text = sql.substring(at, end);
        while (text.length() > 1 && (text.endsWith("+") || text.endsWith("-")) && !keepsSign(text)) {
            text = text.substring(0, text.length() - 1);
        }
        add(TokenType.OPERATOR, text, at + text.length());
    }

    private static boolean keepsSign(String operator) {
        return operator.chars().anyMatch(c -> SIGN_KEEPERS.indexOf(c) >= 0);
    }

    /** Moves to the next token; false at the end. */
    private boolean skipBlanks() {
        int start = at;
        while (at < sql.length()) {
            if (Character.isWhitespace(sql.charAt(at))) {
                at++;
            } else if (sql.startsWith("--", at)) {
                int newline = sql.indexOf('\n', at);
                at = newline < 0 ? sql.length() : newline;
            } else if (sql.startsWith("/*", at)) {
                at = commentEnd();
            } else {
                break;
            }
        }
        gap = at > start;
        return at < sql.length();
    }

    /** Comments nest. */
    private int commentEnd() {
        int depth = 0;
        for (int i = at; i + 1 < sql.length(); i++) {
            if (sql.startsWith("/*", i)) {
                depth++;
                i++;
            } else if (sql.startsWith("*/", i)) {
                depth--;
                i++;
                if (depth == 0) {
                    return i + 1;
                }
            }
        }
        throw unterminated("/* comment");
    }

    private boolean commentAt(int index) {
        return sql.startsWith("--", index) || sql.startsWith("/*", index);
    }

    private void add(TokenType type, String text, int end) {
        tokens.add(new Token(type, text, at, end, gap));
        at = end;
    }

    private char peek(int ahead) {
        return at + ahead < sql.length() ? sql.charAt(at + ahead) : 0;
    }

    private static boolean isDigit(char c) {
        return c >= '0' && c <= '9';
    }

    private static boolean isNameStart(char c) {
        return c == '_' || c >= 0x80 || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
    }

    private static boolean isNamePart(char c) {
        return isNameStart(c) || isDigit(c) || c == '$';
    }

    private ReportException unterminated(String what) {
        return failure("unterminated " + what + " at or near \"" + sql.substring(at) + "\"");
    }

    private ReportException failure(String message) {
        return SqlError.at(SqlState.SYNTAX_ERROR, message, position(sql, at));
    }
}
