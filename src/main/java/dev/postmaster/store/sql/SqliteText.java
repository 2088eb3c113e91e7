package dev.postmaster.store.sql;

import java.util.List;
import java.util.Locale;
import java.util.function.Predicate;

/** SQL for SQLite that remembers where each of its tokens stood in the client's text. */
public final class SqliteText {
    private final Phrase phrase;
    private final String text;

    SqliteText(Phrase phrase) {
        this.phrase = phrase;
        this.text = phrase.render();
    }

    static List<SqliteText> of(Phrase phrase) {
        return List.of(new SqliteText(phrase));
    }

    /** SQL of ours with some tokens of the client's for {@code $1}. */
    static SqliteText of(Phrase phrase, String template, int from, int to) {
        return new SqliteText(phrase.with(Template.fill(phrase.at(from), template, phrase.tokens(from, to))));
    }

    public String text() {
        return text;
    }

    /** Where a name stands in the client's text, in characters from 1; 0 when it does not. */
    public int position(String name) {
        String last = name.substring(name.lastIndexOf('.') + 1);
        for (int i = 0; i < phrase.size(); i++) {
            if (phrase.at(i).isName() && phrase.at(i).text().equalsIgnoreCase(last)) {
                return phrase.position(i);
            }
        }
        return 0;
    }

    /**
     * The token SQLite stumbled over. Its message tells the token, not the place; the place is the end of the first
     * prefix that fails with the same message.
     *
     * @param near the token in SQLite's spelling
     * @param failsSame whether a prefix fails with the same message
     */
    public Place place(String near, Predicate<String> failsSame) {
        for (int i = 0; i < phrase.size(); i++) {
            boolean candidate = phrase.at(i).render().equals(near);
            if (candidate && failsSame.test(phrase.render(i + 1))) {
                return new Place(phrase.source(i), phrase.position(i));
            }
        }
        return new Place(near.toLowerCase(Locale.ROOT), 0);
    }

    /** The end of the client's text, for what SQLite misses there. */
    public int end() {
        return phrase.position(phrase.size());
    }

    /**
     * A token in the client's text.
     *
     * @param source as the client wrote it
     * @param position in characters from 1; 0 when it is unknown
     */
    public record Place(String source, int position) {}
}
