package dev.postmaster.store.sql;

import dev.postmaster.store.type.PgType;
import dev.postmaster.store.type.TypeCodec;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.List;

/** Converts a literal at once; an empty answer leaves the work to SQLite. */
final class LiteralCast {
    private LiteralCast() {}

    static List<Token> convert(Token literal, TypeName name, PgType target) {
        if (target == PgType.TEXT && (literal.isWord("true") || literal.isWord("false"))) {
            return List.of(literal.as(TokenType.STRING, literal.text()));
        }
        if (literal.type() == TokenType.NUMBER
                && isInteger(target)
                && literal.text().chars().allMatch(Character::isDigit)) {
            return List.of(value(literal, target));
        }
        if (literal.type() != TokenType.STRING) {
            return List.of();
        }
        return switch (target) {
            case REGCLASS -> regclassOid(literal);
            case REGTYPE -> regtypeOid(literal);
            case REGPROC, INTERVAL, VOID -> List.of(literal);
            case VARCHAR, BPCHAR -> List.of(literal.as(TokenType.STRING, cut(literal.text(), name.arguments())));
            case NUMERIC, DATE, TIMESTAMP, TIMESTAMPTZ, FLOAT4, FLOAT8, INT2, INT4, INT8, OID, BOOL, BYTEA ->
                name.arguments().isEmpty() ? List.of(value(literal, target)) : List.of();
            case CHAR, NAME, TEXT, JSON, JSONB, UNKNOWN, TIME, TIMETZ, UUID -> List.of(literal);
        };
    }

    private static boolean isInteger(PgType type) {
        return type == PgType.INT2 || type == PgType.INT4 || type == PgType.INT8 || type == PgType.OID;
    }

    /** Reads the literal as a parameter of that type is read. */
    private static Token value(Token literal, PgType target) {
        byte[] text = literal.text().getBytes(StandardCharsets.UTF_8);
        return switch (TypeCodec.decode(text, target.oid(), TypeCodec.TEXT)) {
            case byte[] blob -> literal.as(TokenType.BLOB, HexFormat.of().formatHex(blob));
            case String string -> literal.as(TokenType.STRING, string);
            case Object number -> literal.as(TokenType.NUMBER, number(number.toString()));
        };
    }

    /** SQLite has no word for infinity, but reads a number that large as one. */
    private static String number(String text) {
        return switch (text) {
            case "Infinity" -> "9e999";
            case "-Infinity" -> "-9e999";
            case "NaN" -> "NULL";
            default -> text;
        };
    }

    private static String cut(String text, String length) {
        return length.isEmpty() ? text : text.substring(0, Math.min(text.length(), Integer.parseInt(length)));
    }

    private static List<Token> regclassOid(Token literal) {
        String name = literal.text().substring(literal.text().lastIndexOf('.') + 1);
        if (name.chars().allMatch(Character::isDigit)) {
            return List.of(literal.as(TokenType.NUMBER, name));
        }
        return Template.fill(literal, "(SELECT _oid FROM _pg_name WHERE _name = $1)", Template.string(literal, name));
    }

    private static List<Token> regtypeOid(Token literal) {
        PgType type = PgType.named(literal.text());
        return List.of(literal.as(TokenType.NUMBER, type == null ? "NULL" : Integer.toString(type.oid())));
    }
}
