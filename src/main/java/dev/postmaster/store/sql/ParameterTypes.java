package dev.postmaster.store.sql;

import dev.postmaster.report.ReportException;
import dev.postmaster.report.SqlState;
import dev.postmaster.store.type.PgType;
import java.util.ArrayList;
import java.util.List;

/** The types of a statement's parameters: the client's, else what stands beside them, else text. */
final class ParameterTypes {
    /** The protocol counts parameters in 16 bits. */
    private static final int MOST = 65_535;

    private ParameterTypes() {}

    static List<Integer> of(Phrase phrase, int[] given) {
        int count = 0;
        for (int i = 0; i < phrase.size(); i++) {
            if (phrase.is(i, TokenType.PARAMETER)) {
                count = Math.max(count, number(phrase, i));
            }
        }
        int[] types = new int[count];
        System.arraycopy(given, 0, types, 0, Math.min(given.length, count));
        for (int i = 0; i < phrase.size(); i++) {
            if (phrase.is(i, TokenType.PARAMETER) && types[number(phrase, i) - 1] == 0) {
                types[number(phrase, i) - 1] = inferred(phrase, i);
            }
        }
        List<Integer> known = new ArrayList<>(count);
        for (int type : types) {
            known.add(type == 0 || type == PgType.UNKNOWN.oid() ? PgType.TEXT.oid() : type);
        }
        return known;
    }

    private static int number(Phrase phrase, int i) {
        String digits = phrase.at(i).text();
        int number = digits.length() > 5 ? MOST + 1 : Integer.parseInt(digits);
        if (number < 1 || number > MOST) {
            throw undefined(phrase, i);
        }
        return number;
    }

    /** 42P02 at a parameter. */
    static ReportException undefined(Phrase phrase, int i) {
        String number = phrase.at(i).text();
        return phrase.error(i, SqlState.UNDEFINED_PARAMETER, "there is no parameter $" + number);
    }

    /** The type the neighbours tell; 0 when they do not. */
    private static int inferred(Phrase phrase, int i) {
        if (phrase.isOperator(i + 1, "::")) {
            return oid(TypeName.read(phrase, i + 2));
        }
        boolean cast = phrase.isWord(i - 2, "cast") && phrase.is(i - 1, TokenType.OPEN) && phrase.isWord(i + 1, "as");
        if (cast) {
            return oid(TypeName.read(phrase, i + 2));
        }
        if (phrase.isWord(i - 1, "limit") || phrase.isWord(i - 1, "offset") || inSeries(phrase, i)) {
            return PgType.INT8.oid();
        }
        if (phrase.is(i + 1, TokenType.OPERATOR) && phrase.is(i + 2, TokenType.NUMBER)) {
            return besideNumber(phrase.at(i + 1), phrase.at(i + 2));
        }
        if (phrase.is(i - 1, TokenType.OPERATOR) && phrase.is(i - 2, TokenType.NUMBER)) {
            return besideNumber(phrase.at(i - 1), phrase.at(i - 2));
        }
        return 0;
    }

    private static int besideNumber(Token operator, Token number) {
        return operator.isOperator("||") || SelectList.literalType(number) == PgType.NUMERIC ? 0 : PgType.INT8.oid();
    }

    private static boolean inSeries(Phrase phrase, int i) {
        return (phrase.isWord(i - 2, "generate_series") && phrase.is(i - 1, TokenType.OPEN))
                || (phrase.is(i - 1, TokenType.COMMA) && phrase.isWord(i - 4, "generate_series"));
    }

    private static int oid(TypeName type) {
        return type.type() == null || type.array() ? 0 : type.type().oid();
    }
}
