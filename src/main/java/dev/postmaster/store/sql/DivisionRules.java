package dev.postmaster.store.sql;

import java.util.List;

/** Division by zero is null in SQLite and an error in PostgreSQL: a divisor that may be zero is looked at by a function. */
final class DivisionRules {
    private DivisionRules() {}

    static void apply(Phrase phrase) {
        for (int i = phrase.size() - 2; i > 0; i--) {
            if (phrase.isOperator(i, "/") || phrase.isOperator(i, "%")) {
                divisor(phrase, i + 1);
            }
        }
        for (int i = phrase.size() - 2; i >= 0; i--) {
            if (phrase.isWord(i, "mod") && phrase.isCall(i)) {
                modulus(phrase, i + 1);
            }
        }
    }

    private static void divisor(Phrase phrase, int start) {
        int operand = start;
        while (phrase.isOperator(operand, "-") || phrase.isOperator(operand, "+")) {
            operand++;
        }
        if (phrase.is(operand, TokenType.END) || isNumberButZero(phrase.at(operand))) {
            return;
        }
        int end = Operand.end(phrase, operand) + 1;
        while (phrase.isWord(end, "filter") || phrase.isWord(end, "over")) {
            end = phrase.is(end + 1, TokenType.OPEN) ? phrase.closing(end + 1) + 1 : end + 2;
        }
        List<Token> divisor = phrase.tokens(start, end);
        phrase.replace(start, end, Template.fill(phrase.at(start), " pg_divisor($1)", divisor));
    }

    /** {@code mod(a, b)} divides as well. */
    private static void modulus(Phrase phrase, int open) {
        int close = phrase.closing(open);
        int start = phrase.partEnd(open + 1, close) + 1;
        if (start < close) {
            List<Token> divisor = phrase.tokens(start, close);
            phrase.replace(start, close, Template.fill(phrase.at(start), " pg_divisor($1)", divisor));
        }
    }

    private static boolean isNumberButZero(Token token) {
        return token.type() == TokenType.NUMBER && token.text().chars().anyMatch(digit -> digit >= '1' && digit <= '9');
    }
}
