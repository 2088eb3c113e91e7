package dev.postmaster.config;

import java.util.ArrayList;
import java.util.List;

/**
 * A command and its arguments as one text, in the quoting of the shell but without anything else of it: blanks separate,
 * {@code '…'} keeps everything, {@code "…"} keeps everything but {@code \"} and {@code \\}, a backslash elsewhere keeps the
 * next character. No variable, pattern or redirection means anything.
 */
final class CommandWords {
    private final String text;
    private final List<String> words = new ArrayList<>();
    private final StringBuilder word = new StringBuilder();
    private boolean inWord;
    private int at;

    private CommandWords(String text) {
        this.text = text;
    }

    /** The words; {@link IllegalArgumentException} with a sentence for people if a quote does not end. */
    static List<String> split(String text) {
        return new CommandWords(text).split();
    }

    /** The text that {@link #split} takes apart into these words. */
    static String join(List<String> words) {
        List<String> quoted = new ArrayList<>();
        for (String word : words) {
            boolean plain = !word.isEmpty() && word.chars().noneMatch(c -> c <= ' ' || "'\"\\".indexOf(c) >= 0);
            quoted.add(plain ? word : '"' + word.replace("\\", "\\\\").replace("\"", "\\\"") + '"');
        }
        return String.join(" ", quoted);
    }

    private List<String> split() {
        while (at < text.length()) {
            char c = text.charAt(at++);
            switch (c) {
                case ' ', '\t', '\n', '\r' -> endWord();
                case '\'', '"' -> quoted(c);
                case '\\' -> add(next("a backslash at the end keeps nothing"));
                default -> add(c);
            }
        }
        endWord();
        return List.copyOf(words);
    }

    private void quoted(char quote) {
        inWord = true;
        String unterminated = "the quote (" + quote + ") at position " + at + " does not end";
        for (char c = next(unterminated); c != quote; c = next(unterminated)) {
            boolean escape = quote == '"' && c == '\\' && at < text.length() && "\"\\".indexOf(text.charAt(at)) >= 0;
            word.append(escape ? text.charAt(at++) : c);
        }
    }

    private char next(String otherwise) {
        if (at >= text.length()) {
            throw new IllegalArgumentException(otherwise);
        }
        return text.charAt(at++);
    }

    private void add(char c) {
        inWord = true;
        word.append(c);
    }

    private void endWord() {
        if (inWord) {
            words.add(word.toString());
            word.setLength(0);
            inWord = false;
        }
    }
}
