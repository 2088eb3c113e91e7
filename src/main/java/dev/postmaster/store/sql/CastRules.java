package dev.postmaster.store.sql;

import dev.postmaster.report.ReportException;
import dev.postmaster.store.type.PgType;
import java.util.ArrayList;
import java.util.List;

/**
 * {@code x::type}, {@code CAST(x AS type)} and {@code type 'literal'}. A literal is converted here and now, so that a bad
 * one fails as in PostgreSQL; anything else is left to SQLite's CAST or to a function of ours.
 */
final class CastRules {
    private final Phrase phrase;
    private final boolean stored;

    private CastRules(Phrase phrase, boolean stored) {
        this.phrase = phrase;
        this.stored = stored;
    }

    /**
     * Rewrites every cast.
     *
     * @param stored whether the text becomes part of the schema, where only SQLite's own functions may stand
     */
    static void apply(Phrase phrase, boolean stored) {
        CastRules rules = new CastRules(phrase, stored);
        for (int i = 0; i < phrase.size(); i++) {
            if (phrase.isOperator(i, "::")) {
                i = rules.postfix(i);
            } else if (phrase.isWord(i, "cast") && phrase.is(i + 1, TokenType.OPEN)) {
                rules.call(i);
            } else if (phrase.at(i).isName() && !phrase.is(i - 1, TokenType.DOT)) {
                rules.typedLiteral(i);
            }
        }
    }

    private int postfix(int colons) {
        TypeName type = TypeName.read(phrase, colons + 1);
        int start = phrase.primaryStart(colons - 1);
        List<Token> converted = convert(phrase.tokens(start, colons), type, colons + 1);
        phrase.replace(start, type.end(), converted);
        return start + converted.size() - 1;
    }

    private void call(int cast) {
        int close = phrase.closing(cast + 1);
        int as = close - 1;
        while (as > cast && !phrase.isWord(as, "as")) {
            as = phrase.is(as, TokenType.CLOSE) ? phrase.opening(as) - 1 : as - 1;
        }
        if (as <= cast) {
            throw phrase.syntaxError(close);
        }
        TypeName type = TypeName.read(phrase, as + 1);
        if (type.end() != close) {
            throw phrase.syntaxError(type.end());
        }
        phrase.replace(cast, close + 1, convert(phrase.tokens(cast + 2, as), type, as + 1));
    }

    private void typedLiteral(int start) {
        boolean type = PgType.named(phrase.at(start).text()) != null || isLongName(start);
        if (phrase.is(start, TokenType.NAME) || !type) {
            return;
        }
        TypeName name = TypeName.read(phrase, start);
        if (phrase.is(name.end(), TokenType.STRING) && name.type() != null) {
            List<Token> converted = convert(phrase.tokens(name.end(), name.end() + 1), name, start);
            phrase.replace(start, name.end() + 1, converted);
        }
    }

    private boolean isLongName(int start) {
        return phrase.areWords(start, "double", "precision") || phrase.areWords(start, "national", "character");
    }

    private List<Token> convert(List<Token> operand, TypeName type, int typeStart) {
        if (type.array()) {
            return operand;
        }
        PgType target = type.known(phrase, typeStart);
        List<Token> literal = operand.size() == 1 ? literal(operand.getFirst(), type, target) : List.of();
        if (!literal.isEmpty()) {
            return literal;
        }
        return switch (target) {
            case INT2, INT4, INT8, OID ->
                stored ? cast(operand, "INTEGER") : call("pg_cast_" + target.typname(), operand);
            case BOOL -> stored ? nonZero(operand) : call("pg_cast_bool", operand);
            case FLOAT4, FLOAT8 -> cast(operand, "REAL");
            case NUMERIC -> numeric(operand, type);
            case BYTEA -> cast(operand, "BLOB");
            case DATE -> call(stored ? "date" : "pg_cast_date", operand);
            case TIMESTAMP, TIMESTAMPTZ -> call(stored ? "datetime" : "pg_cast_timestamp", operand);
            case REGCLASS -> regclassName(operand);
            case REGTYPE -> call("format_type", operand, ",", "NULL");
            case VARCHAR, BPCHAR -> shortened(cast(operand, "TEXT"), type);
            case CHAR, NAME, TEXT, JSON, JSONB, UNKNOWN, TIME, TIMETZ, INTERVAL, REGPROC, UUID, VOID ->
                cast(operand, "TEXT");
        };
    }

    private List<Token> literal(Token literal, TypeName type, PgType target) {
        try {
            return LiteralCast.convert(literal, type, target);
        } catch (ReportException e) {
            throw new ReportException(e.report().withPosition(phrase.position(literal)), e);
        }
    }

    private static List<Token> cast(List<Token> operand, String sqliteType) {
        return call("CAST", operand, "AS", sqliteType);
    }

    private static List<Token> nonZero(List<Token> operand) {
        List<Token> made = new ArrayList<>(Tokens.of(operand.getFirst(), "("));
        made.addAll(cast(operand, "INTEGER"));
        made.addAll(Tokens.of(operand.getFirst(), "<>", "0", ")"));
        return made;
    }

    private static List<Token> numeric(List<Token> operand, TypeName type) {
        int comma = type.arguments().indexOf(',');
        List<Token> number = cast(operand, "NUMERIC");
        if (type.arguments().isEmpty()) {
            return number;
        }
        return call("round", number, ",", comma < 0 ? "0" : type.arguments().substring(comma + 1));
    }

    private static List<Token> shortened(List<Token> text, TypeName type) {
        return type.arguments().isEmpty() ? text : call("substr", text, ",", "1", ",", type.arguments());
    }

    /** A table's OID as its name: {@code conrelid::regclass}. */
    private static List<Token> regclassName(List<Token> operand) {
        Token anchor = operand.getFirst();
        List<Token> made =
                new ArrayList<>(Tokens.of(anchor, "(", "SELECT", "relname", "FROM", "pg_class", "WHERE", "oid", "="));
        made.addAll(operand);
        made.addAll(Tokens.of(anchor, ")"));
        return made;
    }

    private static List<Token> call(String function, List<Token> operand, String... rest) {
        Token anchor = operand.getFirst();
        List<Token> made = new ArrayList<>();
        made.add(Tokens.of(anchor, function).getFirst().withGap(anchor.gap()));
        made.addAll(Tokens.of(anchor, "("));
        made.addAll(operand);
        made.addAll(Tokens.of(anchor, rest));
        made.addAll(Tokens.of(anchor, ")"));
        return made;
    }
}
