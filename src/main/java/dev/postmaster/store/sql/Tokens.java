package dev.postmaster.store.sql;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Makes tokens for the rules, in SQLite's own spelling. */
final class Tokens {
    private Tokens() {}

    /** One token for each text, all in the place of another token; words in lower case, as the lexer gives them. */
    static List<Token> of(Token anchor, String... texts) {
        List<Token> made = new ArrayList<>(texts.length);
        for (String text : texts) {
            boolean tight = text.equals("(") || text.equals(")") || text.equals(",") || text.equals(".");
            made.add(new Token(typeOf(text), text.toLowerCase(Locale.ROOT), anchor.start(), anchor.end(), !tight));
        }
        return made;
    }

    static Token word(Token anchor, String text) {
        return anchor.as(TokenType.WORD, text);
    }

    static Token name(Token anchor, String text) {
        return anchor.as(TokenType.NAME, text).withGap(true);
    }

    static Token string(Token anchor, String text) {
        return anchor.as(TokenType.STRING, text).withGap(true);
    }

    private static TokenType typeOf(String text) {
        return switch (text) {
            case "(" -> TokenType.OPEN;
            case ")" -> TokenType.CLOSE;
            case "," -> TokenType.COMMA;
            case "." -> TokenType.DOT;
            default -> typeOf(text.charAt(text.length() > 1 && text.charAt(0) == '-' ? 1 : 0));
        };
    }

    private static TokenType typeOf(char first) {
        return first == '_' || Character.isLetter(first)
                ? TokenType.WORD
                : Character.isDigit(first) ? TokenType.NUMBER : TokenType.OPERATOR;
    }

    /** Whether a blank belongs between two tokens: there was one, or they would be read as something else without. */
    static boolean apart(Token left, Token right) {
        boolean opened = left.type() == TokenType.OPEN || left.type() == TokenType.DOT;
        return (right.gap() && !opened) || wouldMerge(left, right);
    }

    private static boolean wouldMerge(Token left, Token right) {
        return (isWordLike(left) && isWordLike(right))
                || (left.type() == TokenType.OPERATOR && right.type() == TokenType.OPERATOR)
                || right.text().startsWith("-");
    }

    private static boolean isWordLike(Token token) {
        return switch (token.type()) {
            case WORD, NAME, STRING, BLOB, NUMBER, PARAMETER -> true;
            case OPERATOR, OPEN, CLOSE, COMMA, DOT, SEMICOLON, END -> false;
        };
    }
}
