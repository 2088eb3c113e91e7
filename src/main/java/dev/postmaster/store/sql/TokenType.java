package dev.postmaster.store.sql;

/** What a token is to PostgreSQL's scanner (scan.l). */
enum TokenType {
    /** A keyword or a name without quotes, in lower case. */
    WORD,
    /** A name in double quotes, quotes removed. */
    NAME,
    /** A string of any spelling, decoded. */
    STRING,
    /** {@code x'..'}: what stands between the quotes. */
    BLOB,
    NUMBER,
    /** {@code $1}: the digits. */
    PARAMETER,
    OPERATOR,
    OPEN,
    CLOSE,
    COMMA,
    DOT,
    SEMICOLON,
    /** After the last token. */
    END
}
