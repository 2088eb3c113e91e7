package dev.postmaster.store.sql;

import java.util.ArrayList;
import java.util.List;

/** SQL of ours with holes for tokens of the client's. */
final class Template {
    private Template() {}

    /**
     * The tokens of a text, with {@code $1}, {@code $2} … standing for the arguments. They all get the place of one
     * token of the client's, so that a failure in them points somewhere.
     */
    @SafeVarargs
    static List<Token> fill(Token anchor, String text, List<Token>... arguments) {
        List<Token> filled = new ArrayList<>();
        for (Token token : Lexer.tokens(text)) {
            if (token.type() == TokenType.PARAMETER) {
                List<Token> argument = arguments[Integer.parseInt(token.text()) - 1];
                filled.addAll(argument);
                if (!argument.isEmpty()) {
                    int first = filled.size() - argument.size();
                    filled.set(first, filled.get(first).withGap(token.gap()));
                }
            } else {
                filled.add(new Token(token.type(), token.text(), anchor.start(), anchor.end(), token.gap()));
            }
        }
        return filled;
    }

    /** A name, quoted whatever it is. */
    static List<Token> name(Token anchor, String text) {
        return List.of(anchor.as(TokenType.NAME, text));
    }

    /** A string. */
    static List<Token> string(Token anchor, String text) {
        return List.of(anchor.as(TokenType.STRING, text));
    }
}
