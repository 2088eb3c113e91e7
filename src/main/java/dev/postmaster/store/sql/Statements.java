package dev.postmaster.store.sql;

import java.util.ArrayList;
import java.util.List;

/** Builds statements of SQLite's out of pieces of a client's. */
final class Statements {
    private Statements() {}

    /** Some words followed by tokens of the client's. */
    static SqliteText of(Phrase phrase, int from, int to, String... words) {
        List<Token> tokens = new ArrayList<>(Tokens.of(phrase.at(from), words));
        tokens.addAll(phrase.tokens(from, to));
        return new SqliteText(phrase.with(tokens));
    }
}
