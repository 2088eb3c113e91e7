package dev.postmaster.store.sql;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** SET, SHOW, RESET and what else a session does without SQLite. */
final class SettingWords {
    private final Phrase phrase;

    private SettingWords(Phrase phrase) {
        this.phrase = phrase;
    }

    static Translation translate(Phrase phrase) {
        SettingWords words = new SettingWords(phrase);
        String first = phrase.at(0).text();
        return switch (first) {
            case "set" -> Translation.without(words.set(), "SET");
            case "show" -> Translation.without(new Kind.Show(words.name(1)), "SHOW");
            case "reset" -> Translation.without(new Kind.Reset(words.name(1)), "RESET");
            case "discard" -> words.discard();
            case "deallocate" -> words.deallocate();
            case "checkpoint" -> {
                words.requireEnd(1);
                yield Translation.without(new Kind.Checkpoint(), "CHECKPOINT");
            }
            default -> throw phrase.syntaxError(0);
        };
    }

    /** {@code name TO values} from a place on, for ALTER ROLE … SET. */
    static Kind.Set assignment(Phrase phrase, int start) {
        SettingWords words = new SettingWords(phrase);
        if (phrase.areWords(start, "time", "zone")) {
            return new Kind.Set("timezone", words.value(start + 2), false);
        }
        return words.assignment(start, false);
    }

    /** The name of a setting from a place to the end, for ALTER ROLE … RESET. */
    static String nameOfSetting(Phrase phrase, int start) {
        return new SettingWords(phrase).name(start);
    }

    private Kind set() {
        boolean local = phrase.isWord(1, "local");
        boolean named = phrase.isOperator(2, "=") || phrase.isWord(2, "to");
        int start = local || (phrase.isWord(1, "session") && !named) ? 2 : 1;
        if (phrase.areWords(start, "characteristics", "as", "transaction")) {
            return new Kind.SetTransaction(TransactionWords.modes(phrase, start + 3), true);
        }
        if (phrase.isWord(start, "transaction") && !phrase.is(start + 1, TokenType.OPERATOR)) {
            return new Kind.SetTransaction(TransactionWords.modes(phrase, start + 1), false);
        }
        return switch (phrase.at(start).text()) {
            case "time" -> new Kind.Set("timezone", value(after("zone", start + 1)), local);
            case "names" -> new Kind.Set("client_encoding", value(start + 1), local);
            case "schema" -> new Kind.Set("search_path", value(start + 1), local);
            case "role" -> new Kind.Set("role", value(start + 1), local);
            case "session" -> new Kind.Set("session_authorization", value(after("authorization", start + 1)), local);
            default -> assignment(start, local);
        };
    }

    private Kind.Set assignment(int start, boolean local) {
        int end = start;
        while (end < phrase.size() && !phrase.isWord(end, "to") && !phrase.is(end, TokenType.OPERATOR)) {
            end++;
        }
        if (end == start || end == phrase.size() || !(phrase.isWord(end, "to") || phrase.isOperator(end, "="))) {
            throw phrase.syntaxError(end);
        }
        return new Kind.Set(joined(start, end), value(end + 1), local);
    }

    /** The values after TO: a list of words, names, strings and numbers; DEFAULT is an empty list. */
    private List<String> value(int start) {
        if (start >= phrase.size()) {
            throw phrase.syntaxError(start);
        }
        List<String> values = new ArrayList<>();
        StringBuilder value = new StringBuilder();
        boolean isDefault = phrase.isWord(start, "default") && start + 1 == phrase.size();
        for (int i = start; i < phrase.size() && !isDefault; i++) {
            if (phrase.is(i, TokenType.COMMA)) {
                values.add(value.toString());
                value.setLength(0);
            } else {
                value.append(value.isEmpty() || !phrase.at(i).gap() ? "" : " ")
                        .append(phrase.at(i).text());
            }
        }
        if (!isDefault) {
            values.add(value.toString());
        }
        return values;
    }

    private Translation discard() {
        String target = phrase.at(1).text();
        requireEnd(2);
        return switch (target) {
            case "all", "plans", "sequences" ->
                Translation.without(new Kind.Discard(target), "DISCARD " + target.toUpperCase(Locale.ROOT));
            case "temp", "temporary" -> Translation.without(new Kind.Discard("temp"), "DISCARD TEMP");
            default -> throw phrase.syntaxError(1);
        };
    }

    private Translation deallocate() {
        int start = phrase.isWord(1, "prepare") ? 2 : 1;
        if (!phrase.at(start).isName()) {
            throw phrase.syntaxError(start);
        }
        requireEnd(start + 1);
        if (phrase.isWord(start, "all")) {
            return Translation.without(new Kind.Deallocate(null), "DEALLOCATE ALL");
        }
        return Translation.without(new Kind.Deallocate(phrase.at(start).text()), "DEALLOCATE");
    }

    /** The name of a setting; some are several words in SQL. */
    private String name(int start) {
        if (!phrase.at(start).isName()) {
            throw phrase.syntaxError(start);
        }
        String name = joined(start, phrase.size());
        return switch (name) {
            case "time zone", "timezone" -> "timezone";
            case "transaction isolation level" -> "transaction_isolation";
            case "session authorization" -> "session_authorization";
            default -> {
                if (name.indexOf(' ') >= 0) {
                    throw phrase.syntaxError(start + 1);
                }
                yield name;
            }
        };
    }

    private int after(String word, int index) {
        if (!phrase.isWord(index, word)) {
            throw phrase.syntaxError(index);
        }
        return index + 1;
    }

    private String joined(int start, int end) {
        StringBuilder text = new StringBuilder();
        for (int i = start; i < end; i++) {
            text.append(i > start && phrase.at(i).gap() ? " " : "")
                    .append(phrase.at(i).text().toLowerCase(Locale.ROOT));
        }
        return text.toString();
    }

    private void requireEnd(int index) {
        if (index < phrase.size()) {
            throw phrase.syntaxError(index);
        }
    }
}
