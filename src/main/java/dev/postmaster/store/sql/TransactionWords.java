package dev.postmaster.store.sql;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** BEGIN, COMMIT, ROLLBACK, SAVEPOINT and their variants. */
final class TransactionWords {
    private final Phrase phrase;
    private int at;

    private TransactionWords(Phrase phrase) {
        this.phrase = phrase;
    }

    static Translation translate(Phrase phrase) {
        TransactionWords words = new TransactionWords(phrase);
        Translation translation = words.read();
        words.requireEnd();
        return translation;
    }

    /** {@code ISOLATION LEVEL x}, {@code READ ONLY}, {@code READ WRITE}, {@code [NOT] DEFERRABLE}, to the end. */
    static Kind.TransactionModes modes(Phrase phrase, int start) {
        TransactionWords words = new TransactionWords(phrase);
        words.at = start;
        Kind.TransactionModes modes = words.modes();
        words.requireEnd();
        return modes;
    }

    private Translation read() {
        String first = phrase.at(at++).text();
        return switch (first) {
            case "begin" -> {
                work();
                yield done(new Kind.Begin(modes()), "BEGIN", "BEGIN");
            }
            case "start" -> {
                expect("transaction");
                yield done(new Kind.Begin(modes()), "START TRANSACTION", "BEGIN");
            }
            case "commit", "end" -> done(new Kind.Commit(chain()), "COMMIT", "COMMIT");
            case "abort" -> done(new Kind.Rollback(chain()), "ROLLBACK", "ROLLBACK");
            case "rollback" -> rollback();
            case "savepoint" -> {
                String name = name();
                yield done(new Kind.Savepoint(name), "SAVEPOINT", "SAVEPOINT " + quote(name));
            }
            case "release" -> {
                accept("savepoint");
                String name = name();
                yield done(new Kind.Release(name), "RELEASE", "RELEASE " + quote(name));
            }
            default -> throw phrase.syntaxError(0);
        };
    }

    private Translation rollback() {
        work();
        if (!accept("to")) {
            return done(new Kind.Rollback(chain()), "ROLLBACK", "ROLLBACK");
        }
        accept("savepoint");
        String name = name();
        return done(new Kind.RollbackTo(name), "ROLLBACK", "ROLLBACK TO " + quote(name));
    }

    private static Translation done(Kind kind, String tag, String sqlite) {
        return Translation.utility(kind, tag, SqliteText.of(Phrase.of(sqlite)));
    }

    private static String quote(String name) {
        return '"' + name.replace("\"", "\"\"") + '"';
    }

    private boolean chain() {
        work();
        if (!accept("and")) {
            return false;
        }
        boolean no = accept("no");
        expect("chain");
        return !no;
    }

    private Kind.TransactionModes modes() {
        Boolean readOnly = null;
        String isolation = null;
        while (at < phrase.size()) {
            if (accept("isolation")) {
                expect("level");
                isolation = isolation();
            } else if (accept("read")) {
                readOnly = readOnly();
            } else if (!accept("not") || !phrase.isWord(at, "deferrable")) {
                expect("deferrable");
            }
            if (phrase.is(at, TokenType.COMMA)) {
                at++;
            }
        }
        return new Kind.TransactionModes(readOnly, isolation);
    }

    private @Nullable Boolean readOnly() {
        boolean only = accept("only");
        if (!only) {
            expect("write");
        }
        return only;
    }

    private String isolation() {
        for (List<String> level : List.of(
                List.of("serializable"),
                List.of("repeatable", "read"),
                List.of("read", "committed"),
                List.of("read", "uncommitted"))) {
            if (phrase.areWords(at, level.toArray(String[]::new))) {
                at += level.size();
                return String.join(" ", level);
            }
        }
        throw phrase.syntaxError(at);
    }

    private void work() {
        if (!accept("work")) {
            accept("transaction");
        }
    }

    private String name() {
        if (!phrase.at(at).isName()) {
            throw phrase.syntaxError(at);
        }
        return phrase.at(at++).text();
    }

    private boolean accept(String word) {
        boolean found = phrase.isWord(at, word);
        at += found ? 1 : 0;
        return found;
    }

    private void expect(String word) {
        if (!accept(word)) {
            throw phrase.syntaxError(at);
        }
    }

    private void requireEnd() {
        if (at < phrase.size()) {
            throw phrase.syntaxError(at);
        }
    }
}
