package dev.postmaster.store.sql;

import dev.postmaster.store.type.PgType;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** One expression of a select list: some tokens of a phrase. */
final class Expression {
    /** PostgreSQL's name for a column without one. */
    private static final String NAMELESS = "?column?";

    private static final Set<String> LOGIC =
            Words.set("and or not is isnull notnull in like ilike similar between regexp glob match exists");

    private static final Set<String> ARITHMETIC = Set.of("+", "-", "*", "/", "%");

    private final Phrase phrase;
    private final int from;
    private final int to;

    Expression(Phrase phrase, int from, int to) {
        this.phrase = phrase;
        this.from = from;
        this.to = to;
    }

    /** PostgreSQL's name for the column (FigureColnameInternal). */
    String name() {
        int colons = castAt();
        if (colons >= 0) {
            return castName(from, colons, TypeName.read(phrase, colons + 1));
        }
        if (isWrapped()) {
            return phrase.isWord(from + 1, "select") ? subqueryName() : new Expression(phrase, from + 1, to - 1).name();
        }
        if (isCall()) {
            return callName();
        }
        if (phrase.isWord(from, "case")) {
            return "case";
        }
        if (isTypedLiteral()) {
            return internalName(TypeName.read(phrase, from));
        }
        return phrase.at(from).isName() && Operand.end(phrase, from) == to - 1 ? wordName() : NAMELESS;
    }

    /** Whether it is the name of a column and nothing more. */
    boolean isColumn() {
        return phrase.at(from).isName()
                && Operand.end(phrase, from) == to - 1
                && !phrase.is(to - 1, TokenType.CLOSE)
                && !(to - from == 1 && SelectList.literalType(phrase.at(from)) != null);
    }

    /** The type this expression is cast to; null when it is no cast. */
    @Nullable
    TypeName cast() {
        int colons = castAt();
        if (colons >= 0) {
            return TypeName.read(phrase, colons + 1);
        }
        if (isWrapped() && !phrase.isWord(from + 1, "select")) {
            return new Expression(phrase, from + 1, to - 1).cast();
        }
        if (isCall() && phrase.isWord(from, "cast")) {
            return TypeName.read(phrase, castWord() + 1);
        }
        return isTypedLiteral() ? TypeName.read(phrase, from) : null;
    }

    /** The type the text tells; null when it does not. */
    @Nullable
    PgType type() {
        if (isWrapped() && !phrase.isWord(from + 1, "select")) {
            return new Expression(phrase, from + 1, to - 1).type();
        }
        if (to - from == 1) {
            return SelectList.literalType(phrase.at(from));
        }
        return isCall() ? FunctionTypes.of(phrase.at(functionAt()).text()) : operatorType();
    }

    /** What the loosest operators say: a truth, a text, or a calculation with nothing but numbers in it. */
    private @Nullable PgType operatorType() {
        PgType number = PgType.INT4;
        boolean calculation = true;
        for (int i = from; i < to; i = next(i)) {
            Token token = phrase.at(i);
            if (Words.isComparison(token) || phrase.isOneOf(i, LOGIC)) {
                return PgType.BOOL;
            }
            if (token.isOperator("||") || token.isOperator("->>")) {
                return PgType.TEXT;
            }
            calculation &= token.type() == TokenType.NUMBER || ARITHMETIC.contains(token.text());
            PgType literal = SelectList.literalType(token);
            number = literal == PgType.NUMERIC || (literal == PgType.INT8 && number == PgType.INT4) ? literal : number;
        }
        return calculation ? number : null;
    }

    private int next(int i) {
        if (phrase.is(i, TokenType.OPEN)) {
            return phrase.closing(i) + 1;
        }
        return phrase.isWord(i, "case") ? Operand.end(phrase, i) + 1 : i + 1;
    }

    /** The {@code ::} that makes the whole expression a cast; -1 when there is none. */
    private int castAt() {
        for (int i = to - 1; i > from; i--) {
            if (phrase.isOperator(i, "::")) {
                boolean whole = TypeName.read(phrase, i + 1).end() == to && Operand.start(phrase, i - 1) == from;
                return whole || castsTo(i) ? i : -1;
            }
        }
        return -1;
    }

    /** {@code x::a::b}: the operand of the last cast is a cast itself. */
    private boolean castsTo(int colons) {
        return TypeName.read(phrase, colons + 1).end() == to && new Expression(phrase, from, colons).castAt() >= 0;
    }

    private String castName(int start, int end, TypeName type) {
        Expression operand = new Expression(phrase, start, end);
        String name = operand.name();
        return name.equals(NAMELESS) ? internalName(type) : name;
    }

    private String callName() {
        String function = phrase.at(functionAt()).text();
        return switch (function) {
            case "cast" -> castName(from + 2, castWord(), TypeName.read(phrase, castWord() + 1));
            case "trim" -> "btrim";
            default -> function;
        };
    }

    /** The name of the subquery's only column. */
    private String subqueryName() {
        OutputColumn column = SelectList.after(phrase, from + 1).getFirst();
        return column.name() == null ? NAMELESS : column.name();
    }

    private String wordName() {
        Token word = phrase.at(to - 1);
        if (word.isWord("true") || word.isWord("false")) {
            return "bool";
        }
        if (word.isWord("null")) {
            return NAMELESS;
        }
        return word.text();
    }

    private static String internalName(TypeName type) {
        return type.type() == null ? type.name() : type.type().typname();
    }

    private boolean isWrapped() {
        return phrase.is(from, TokenType.OPEN) && phrase.closing(from) == to - 1;
    }

    private boolean isTypedLiteral() {
        return phrase.is(to - 1, TokenType.STRING)
                && to - from > 1
                && phrase.is(from, TokenType.WORD)
                && TypeName.read(phrase, from).end() == to - 1;
    }

    /** A call, with its FILTER and OVER. */
    private boolean isCall() {
        int function = functionAt();
        if (!phrase.isCall(function)) {
            return false;
        }
        int end = phrase.closing(function + 1) + 1;
        while (end < to && (phrase.isWord(end, "filter") || phrase.isWord(end, "over"))) {
            end = phrase.is(end + 1, TokenType.OPEN) ? phrase.closing(end + 1) + 1 : end + 2;
        }
        return end == to;
    }

    private int functionAt() {
        int at = from;
        while (phrase.at(at).isName() && phrase.is(at + 1, TokenType.DOT)) {
            at += 2;
        }
        return at;
    }

    /** The AS of {@code CAST(x AS t)}. */
    private int castWord() {
        int as = phrase.find(from + 2, "as");
        if (as < 0) {
            throw phrase.syntaxError(to - 1);
        }
        return as;
    }
}
