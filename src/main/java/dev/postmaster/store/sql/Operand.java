package dev.postmaster.store.sql;

/** Where an operand starts and ends that binds as tight as {@code ::}: a name, a call, a parenthesis, CASE … END. */
final class Operand {
    private Operand() {}

    /** The first token of the operand that ends here, as tight as {@code ::} binds. */
    static int start(Phrase phrase, int last) {
        int start = last;
        if (phrase.is(last, TokenType.CLOSE)) {
            start = phrase.opening(last);
            boolean suffix = phrase.isWord(start - 1, "over") || phrase.isWord(start - 1, "filter");
            if (suffix && phrase.is(start - 2, TokenType.CLOSE)) {
                return start(phrase, start - 2);
            }
            if (!phrase.isCall(start - 1)) {
                return start;
            }
            start--;
        } else if (phrase.isWord(last, "end")) {
            return caseStart(phrase, last);
        } else if (phrase.isOperator(last, "]")) {
            return start(phrase, bracketStart(phrase, last) - 1);
        }
        while (phrase.is(start - 1, TokenType.DOT) && phrase.at(start - 2).isName()) {
            start -= 2;
        }
        return start;
    }

    /** The last token of the operand that starts here, as tight as {@code ::} binds. */
    static int end(Phrase phrase, int first) {
        int end = first;
        if (phrase.is(first, TokenType.OPERATOR)) {
            return end(phrase, first + 1);
        }
        if (phrase.is(first, TokenType.OPEN)) {
            return phrase.closing(first);
        }
        if (phrase.isWord(first, "case")) {
            return caseEnd(phrase, first);
        }
        while (phrase.at(end).isName() && phrase.is(end + 1, TokenType.DOT)) {
            end += 2;
        }
        return phrase.isCall(end) ? phrase.closing(end + 1) : end;
    }

    private static int bracketStart(Phrase phrase, int last) {
        int start = last;
        while (!phrase.isOperator(start, "[")) {
            if (start < 0) {
                throw phrase.syntaxError(last);
            }
            start--;
        }
        return start;
    }

    private static int caseStart(Phrase phrase, int last) {
        int depth = 0;
        for (int i = last; i >= 0; i--) {
            if (phrase.isWord(i, "end")) {
                depth++;
            } else if (phrase.isWord(i, "case") && --depth == 0) {
                return i;
            }
        }
        throw phrase.syntaxError(last);
    }

    private static int caseEnd(Phrase phrase, int first) {
        int depth = 0;
        for (int i = first; i < phrase.size(); i++) {
            if (phrase.isWord(i, "case")) {
                depth++;
            } else if (phrase.isWord(i, "end") && --depth == 0) {
                return i;
            }
        }
        throw phrase.syntaxError(phrase.size());
    }
}
