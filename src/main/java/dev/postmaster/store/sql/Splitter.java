package dev.postmaster.store.sql;

import java.util.ArrayList;
import java.util.List;

/** Cuts a simple-query string at its semicolons; those inside a trigger's body do not count. */
public final class Splitter {
    private final String sql;
    private final List<String> statements = new ArrayList<>();
    private int first = -1;
    private int words;
    private boolean creating;
    private boolean trigger;
    private int nesting;

    private Splitter(String sql) {
        this.sql = sql;
    }

    /**
     * The statements with a token in them, each a piece of the string from its first token to its last. 42601 for a
     * quote or comment that does not end: then nothing of the string may run.
     */
    public static List<String> split(String sql) {
        Splitter splitter = new Splitter(sql);
        int end = 0;
        for (Token token : Lexer.tokens(sql)) {
            if (token.type() == TokenType.SEMICOLON && splitter.nesting == 0) {
                splitter.finish(end);
            } else {
                splitter.follow(token);
                end = token.end();
            }
        }
        splitter.finish(end);
        return splitter.statements;
    }

    private void finish(int end) {
        if (first >= 0) {
            statements.add(sql.substring(first, end));
        }
        first = -1;
        words = 0;
        creating = false;
        trigger = false;
    }

    /** {@code CREATE [TEMP] TRIGGER … BEGIN …; … END}, where CASE … END may stand inside. */
    private void follow(Token token) {
        if (first < 0) {
            first = token.start();
            creating = token.isWord("create");
        }
        words++;
        trigger |= creating && words <= 3 && token.isWord("trigger");
        if (!trigger) {
            return;
        }
        if (token.isWord("begin") && nesting == 0) {
            nesting = 1;
        } else if (token.isWord("case") && nesting > 0) {
            nesting++;
        } else if (token.isWord("end") && nesting > 0) {
            nesting--;
        }
    }
}
