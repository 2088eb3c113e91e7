package dev.postmaster.store.sql;

import dev.postmaster.auth.role.RoleSpec;
import java.util.ArrayList;
import java.util.List;

/** Reads a phrase from left to right, as a grammar does; what does not fit is 42601 at its place. */
final class WordReader {
    private final Phrase phrase;
    private int at;

    WordReader(Phrase phrase, int start) {
        this.phrase = phrase;
        this.at = start;
    }

    Phrase phrase() {
        return phrase;
    }

    int at() {
        return at;
    }

    boolean ended() {
        return at >= phrase.size();
    }

    void requireEnd() {
        if (!ended()) {
            throw phrase.syntaxError(at);
        }
    }

    boolean sees(String... words) {
        return phrase.areWords(at, words);
    }

    boolean accept(String... words) {
        boolean found = sees(words);
        at += found ? words.length : 0;
        return found;
    }

    void expect(String... words) {
        if (!accept(words)) {
            throw phrase.syntaxError(at);
        }
    }

    boolean acceptComma() {
        boolean found = phrase.is(at, TokenType.COMMA);
        at += found ? 1 : 0;
        return found;
    }

    boolean acceptOperator(String operator) {
        boolean found = phrase.isOperator(at, operator);
        at += found ? 1 : 0;
        return found;
    }

    /** A word in lower case; anything else is an error. */
    String word() {
        if (!phrase.is(at, TokenType.WORD)) {
            throw phrase.syntaxError(at);
        }
        return phrase.at(at++).text();
    }

    String name() {
        if (!phrase.at(at).isName()) {
            throw phrase.syntaxError(at);
        }
        return phrase.at(at++).text();
    }

    List<String> names() {
        List<String> names = new ArrayList<>();
        do {
            names.add(name());
        } while (acceptComma());
        return names;
    }

    String string() {
        if (!phrase.is(at, TokenType.STRING)) {
            throw phrase.syntaxError(at);
        }
        return phrase.at(at++).text();
    }

    /** A word, a name, a string or a number, as text. */
    String value() {
        return switch (phrase.at(at).type()) {
            case WORD, NAME, STRING, NUMBER -> phrase.at(at++).text();
            default -> throw phrase.syntaxError(at);
        };
    }

    int number() {
        String sign = acceptOperator("-") ? "-" : "";
        try {
            int number = Integer.parseInt(sign + phrase.at(at).text());
            at++;
            return number;
        } catch (NumberFormatException e) {
            throw phrase.syntaxError(at);
        }
    }

    /** A role's name, or the keyword for one; quoted, a keyword is a name. */
    RoleSpec role() {
        boolean word = phrase.is(at, TokenType.WORD);
        String name = name();
        return switch (word ? name : "") {
            case "current_user", "current_role" -> new RoleSpec.Current();
            case "session_user" -> new RoleSpec.Session();
            case "public" -> new RoleSpec.Everybody();
            default -> new RoleSpec.Named(name);
        };
    }

    List<RoleSpec> roles() {
        List<RoleSpec> roles = new ArrayList<>();
        do {
            accept("group");
            roles.add(role());
        } while (acceptComma());
        return roles;
    }
}
