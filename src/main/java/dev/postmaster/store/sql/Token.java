package dev.postmaster.store.sql;

/**
 * One token.
 *
 * @param text what it means: names folded, strings decoded
 * @param start where it begins in the client's text, in UTF-16 units; a token a rule made has the place of what it
 *     stands for
 * @param end where it ends
 * @param gap whether blanks or comments stand before it
 */
record Token(TokenType type, String text, int start, int end, boolean gap) {

    static final Token NONE = new Token(TokenType.END, "", 0, 0, false);

    boolean isWord(String word) {
        return type == TokenType.WORD && text.equals(word);
    }

    boolean isOperator(String operator) {
        return type == TokenType.OPERATOR && text.equals(operator);
    }

    /** A word or a quoted name: what can name a table, a column or a function. */
    boolean isName() {
        return type == TokenType.WORD || type == TokenType.NAME;
    }

    /** The token with another meaning in the same place. */
    Token as(TokenType otherType, String otherText) {
        return new Token(otherType, otherText, start, end, gap);
    }

    Token asWord(String word) {
        return as(TokenType.WORD, word);
    }

    Token withGap(boolean otherGap) {
        return new Token(type, text, start, end, otherGap);
    }

    /** Whether a blank belongs between it and the token before: there was one, or they would be read as something else. */
    boolean standsApartFrom(Token before) {
        boolean opened = before.type == TokenType.OPEN || before.type == TokenType.DOT;
        boolean operators = type == TokenType.OPERATOR && before.type == TokenType.OPERATOR;
        return (gap && !opened) || operators || (isWordLike() && before.isWordLike()) || text.startsWith("-");
    }

    private boolean isWordLike() {
        return switch (type) {
            case WORD, NAME, STRING, BLOB, NUMBER, PARAMETER -> true;
            case OPERATOR, OPEN, CLOSE, COMMA, DOT, SEMICOLON, END -> false;
        };
    }

    /** The token in SQLite's spelling. */
    String render() {
        return switch (type) {
            // In backquotes: SQLite takes an unknown name in double quotes for a string.
            case NAME -> '`' + text.replace("`", "``") + '`';
            case STRING -> '\'' + text.replace("'", "''") + '\'';
            case BLOB -> "x'" + text + '\'';
            case PARAMETER -> '?' + text;
            case WORD, NUMBER, OPERATOR, OPEN, CLOSE, COMMA, DOT, SEMICOLON, END -> text;
        };
    }
}
