package dev.postmaster.store.sql;

import dev.postmaster.report.SqlState;
import java.util.List;
import java.util.Set;

/** One column of CREATE TABLE or ADD COLUMN: its type, identity, default and key in SQLite's spelling. */
final class ColumnDefinition {
    private static final Set<String> CONSTRAINTS =
            Words.set("constraint not null primary unique check default references collate generated as deferrable "
                    + "initially on match");

    private static final Set<String> SERIAL_TYPES =
            Set.of("serial", "bigserial", "smallserial", "serial2", "serial4", "serial8");

    private final Phrase phrase;
    private final int start;
    private int end;

    ColumnDefinition(Phrase phrase, int start, int end) {
        this.phrase = phrase;
        this.start = start;
        this.end = end;
    }

    /**
     * Rewrites the definition in place.
     *
     * @param inKey whether a PRIMARY KEY elsewhere in the table names the column
     * @param alone whether that key has no other column
     */
    void rewrite(boolean inKey, boolean alone) {
        if (!phrase.at(start).isName()) {
            throw phrase.syntaxError(start);
        }
        boolean serial = type();
        boolean identity = identity() || serial;
        int key = find("primary");
        if (identity && key < 0 && !(inKey && alone)) {
            throw phrase.error(
                    start,
                    SqlState.FEATURE_NOT_SUPPORTED,
                    "a serial or identity column must be the primary key: \""
                            + phrase.at(start).text() + "\"");
        }
        if (identity) {
            setInteger(key);
        }
        boolean rowid = phrase.isWord(start + 1, "integer") && !phrase.is(start + 2, TokenType.OPEN);
        boolean keyed = key >= 0 || (inKey && !(alone && rowid));
        if (keyed && !(key >= 0 && rowid) && find("not") < 0) {
            insert(end, " NOT NULL");
        }
        wrapDefault();
    }

    /** Gives the type a spelling SQLite reads right; tells whether it was a serial. */
    private boolean type() {
        if (start + 1 >= end || !phrase.at(start + 1).isName() || phrase.isOneOf(start + 1, CONSTRAINTS)) {
            return false;
        }
        TypeName type = TypeName.read(phrase, start + 1);
        if (type.array()) {
            throw CreateTable.arraysNotSupported(phrase, start + 1);
        }
        String words = spelling(type);
        if (!words.equals(type.name())) {
            String arguments = type.arguments().isEmpty() ? "" : '(' + type.arguments() + ')';
            List<Token> made = Template.fill(phrase.at(start + 1), ' ' + words + arguments);
            end += made.size() - (type.end() - start - 1);
            phrase.replace(start + 1, type.end(), made);
        }
        return SERIAL_TYPES.contains(type.name());
    }

    /** The second word gives text affinity, or SQLite would make numbers of values that look like some. */
    private static String spelling(TypeName type) {
        return switch (type.name()) {
            case "json", "jsonb", "uuid", "name", "xml", "inet", "cidr", "macaddr" -> type.name() + " text";
            case "timestamp with time zone" -> "timestamptz";
            case "timestamp without time zone" -> "timestamp";
            case "time with time zone" -> "timetz";
            case "time without time zone" -> "time";
            default -> type.name();
        };
    }

    /** Takes {@code GENERATED … AS IDENTITY (…)} out; tells whether it was there. */
    private boolean identity() {
        int generated = find("generated");
        int as = generated < 0 ? -1 : phrase.isWord(generated + 1, "always") ? generated + 2 : generated + 3;
        if (as < 0 || !phrase.areWords(as, "as", "identity")) {
            return false;
        }
        int after = phrase.is(as + 2, TokenType.OPEN) ? phrase.closing(as + 2) + 1 : as + 2;
        phrase.remove(generated, after);
        end -= after - generated;
        return true;
    }

    /** SQLite numbers rows in a column of type INTEGER that is the key; AUTOINCREMENT never gives a number twice. */
    private void setInteger(int key) {
        TypeName type = TypeName.read(phrase, start + 1);
        phrase.replace(start + 1, type.end(), Template.fill(phrase.at(start + 1), " integer"));
        int shrunk = type.end() - start - 2;
        end -= shrunk;
        if (key >= 0) {
            insert(key - shrunk + 2, " AUTOINCREMENT");
        }
    }

    /** SQLite wants parentheses around a default that is more than a literal. */
    private void wrapDefault() {
        int at = find("default");
        if (at < 0 || phrase.is(at + 1, TokenType.OPEN)) {
            return;
        }
        int last = at + 1;
        while (last < end && !phrase.isOneOf(last, CONSTRAINTS)) {
            last = phrase.is(last, TokenType.OPEN) ? phrase.closing(last) + 1 : last + 1;
        }
        boolean sequence = phrase.isWord(at + 1, "nextval");
        if (sequence) {
            throw Dialect.unsupported(phrase, at + 1, "nextval");
        }
        if (last - at > 2) {
            insert(last, ")");
            insert(at + 1, " (");
        }
    }

    private int find(String word) {
        for (int i = start + 1; i < end; i++) {
            if (phrase.isWord(i, word)) {
                return i;
            }
            if (phrase.is(i, TokenType.OPEN)) {
                i = phrase.closing(i);
            }
        }
        return -1;
    }

    private void insert(int index, String text) {
        int before = phrase.size();
        phrase.insert(index, text);
        end += phrase.size() - before;
    }
}
