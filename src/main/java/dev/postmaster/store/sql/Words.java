package dev.postmaster.store.sql;

import java.util.Set;

/** Words with a meaning for more than one rule. */
final class Words {
    /** What ends an operand of LIKE and the like: everything that binds no tighter. */
    private static final Set<String> OPERAND_ENDS =
            set("and or not where on when then else end select from having values set returning using in is "
                    + "isnull notnull like ilike similar between as limit offset order group by union intersect except "
                    + "escape asc desc case distinct all filter over window fetch for check default nulls regexp glob "
                    + "match");

    private static final Set<String> COMPARISONS = set("= == < > <= >= <> != ~ !~ ~* !~* ~~ !~~ ~~* !~~*");

    /** What can follow a table in FROM and is no alias. */
    private static final Set<String> AFTER_TABLE =
            set("where join inner left right full cross natural on using group order having limit offset fetch "
                    + "union intersect except for window returning set values select default tablesample");

    private Words() {}

    /** A set of words written as one line of text. */
    static Set<String> set(String words) {
        return Set.of(words.split(" "));
    }

    static boolean endsTable(Phrase phrase, int index) {
        return phrase.isOneOf(index, AFTER_TABLE);
    }

    static boolean isComparison(Token token) {
        return token.type() == TokenType.OPERATOR && COMPARISONS.contains(token.text());
    }

    /** Whether no operand can end with this word. */
    static boolean endsOperand(String word) {
        return OPERAND_ENDS.contains(word);
    }

    /** The first token of the operand to the left of an operator as loose as LIKE. */
    static int operandStart(Phrase phrase, int operator) {
        int start = operator;
        while (start > 0 && (phrase.isWord(start - 1, "end") || !ends(phrase, start - 1, TokenType.OPEN))) {
            start = Operand.start(phrase, start - 1);
        }
        return start;
    }

    /** After the last token of the operand to the right of an operator as loose as LIKE. */
    static int operandEnd(Phrase phrase, int operator) {
        int end = operator + 1;
        while (phrase.isWord(end, "case") || !ends(phrase, end, TokenType.CLOSE)) {
            end = phrase.is(end, TokenType.OPERATOR) ? end + 1 : Operand.end(phrase, end) + 1;
        }
        return end;
    }

    private static boolean ends(Phrase phrase, int index, TokenType wall) {
        Token token = phrase.at(index);
        return switch (token.type()) {
            case WORD -> OPERAND_ENDS.contains(token.text());
            case OPERATOR -> isComparison(token);
            case COMMA, SEMICOLON, END -> true;
            case OPEN, CLOSE -> token.type() == wall;
            case NAME, STRING, BLOB, NUMBER, PARAMETER, DOT -> false;
        };
    }
}
