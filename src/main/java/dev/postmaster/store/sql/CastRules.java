package dev.postmaster.store.sql;

import dev.postmaster.report.ReportException;
import dev.postmaster.store.type.PgType;
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
        int start = Operand.start(phrase, colons - 1);
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
        return Template.fill(operand.getFirst(), template(target, type), operand);
    }

    private String template(PgType target, TypeName type) {
        return switch (target) {
            case INT2, INT4, INT8, OID -> stored ? "CAST($1 AS INTEGER)" : "pg_cast_" + target.typname() + "($1)";
            case BOOL -> stored ? "(CAST($1 AS INTEGER) <> 0)" : "pg_cast_bool($1)";
            case FLOAT4, FLOAT8 -> "CAST($1 AS REAL)";
            case NUMERIC -> numeric(type);
            case BYTEA -> "CAST($1 AS BLOB)";
            case DATE -> stored ? "date($1)" : "pg_cast_date($1)";
            case TIMESTAMP, TIMESTAMPTZ -> stored ? "datetime($1)" : "pg_cast_timestamp($1)";
            case REGCLASS -> "(SELECT _name FROM _pg_name WHERE _oid = $1)";
            case REGTYPE -> "format_type($1, NULL)";
            case VARCHAR, BPCHAR ->
                type.arguments().isEmpty()
                        ? "CAST($1 AS TEXT)"
                        : "substr(CAST($1 AS TEXT), 1, " + type.arguments() + ")";
            case CHAR, NAME, TEXT, JSON, JSONB, UNKNOWN, TIME, TIMETZ, INTERVAL, REGPROC, UUID, VOID ->
                "CAST($1 AS TEXT)";
        };
    }

    private static String numeric(TypeName type) {
        int comma = type.arguments().indexOf(',');
        String scale = comma < 0 ? "0" : type.arguments().substring(comma + 1);
        return type.arguments().isEmpty() ? "CAST($1 AS NUMERIC)" : "round(CAST($1 AS NUMERIC), " + scale + ")";
    }

    private List<Token> literal(Token literal, TypeName type, PgType target) {
        try {
            return LiteralCast.convert(literal, type, target);
        } catch (ReportException e) {
            throw new ReportException(e.report().withPosition(phrase.position(literal)), e);
        }
    }
}
