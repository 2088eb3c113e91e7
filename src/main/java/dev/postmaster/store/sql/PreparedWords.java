package dev.postmaster.store.sql;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** PREPARE and EXECUTE. */
final class PreparedWords {
    private static final Set<String> PREPARABLE =
            Words.set("select values table with insert replace update delete explain");

    private PreparedWords() {}

    /** {@code PREPARE name [(types)] AS statement}. */
    static Translation prepare(Phrase phrase) {
        if (!phrase.at(1).isName()) {
            throw phrase.syntaxError(1);
        }
        boolean typed = phrase.is(2, TokenType.OPEN);
        int as = typed ? phrase.closing(2) + 1 : 2;
        if (!phrase.isWord(as, "as")) {
            throw phrase.syntaxError(as);
        }
        boolean preparable = phrase.isOneOf(as + 1, PREPARABLE) || phrase.is(as + 1, TokenType.OPEN);
        if (!preparable) {
            throw phrase.syntaxError(as + 1);
        }
        List<Integer> types = typed ? types(phrase, 3, as - 1) : List.of();
        Kind kind = new Kind.Prepare(phrase.at(1).text(), types, phrase.blankedTo(as + 1));
        return Translation.without(kind, "PREPARE");
    }

    private static List<Integer> types(Phrase phrase, int start, int close) {
        List<Integer> types = new ArrayList<>();
        int at = start;
        while (at < close) {
            TypeName type = TypeName.read(phrase, at);
            if (type.array()) {
                throw CreateTable.arraysNotSupported(phrase, at);
            }
            types.add(type.known(phrase, at).oid());
            if (type.end() < close && !phrase.is(type.end(), TokenType.COMMA)) {
                throw phrase.syntaxError(type.end());
            }
            at = type.end() + 1;
        }
        return types;
    }

    /** {@code EXECUTE name [(values)]}. */
    static Translation execute(Phrase phrase) {
        if (!phrase.at(1).isName()) {
            throw phrase.syntaxError(1);
        }
        boolean valued = phrase.is(2, TokenType.OPEN);
        int end = valued ? phrase.closing(2) + 1 : 2;
        if (end < phrase.size()) {
            throw phrase.syntaxError(end);
        }
        String values = valued ? phrase.source(3, end - 1) : "";
        return Translation.without(new Kind.Execute(phrase.at(1).text(), values), "EXECUTE");
    }
}
