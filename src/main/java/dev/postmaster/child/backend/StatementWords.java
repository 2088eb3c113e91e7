package dev.postmaster.child.backend;

import dev.postmaster.config.LogStatement;
import java.util.Locale;
import java.util.Set;

/** What the first words of a statement say about it, for the log: nothing depends on it but what people read. */
final class StatementWords {
    private static final Set<String> WITH_AN_OBJECT = Set.of("CREATE", "ALTER", "DROP");
    private static final Set<String> DDL =
            Set.of("CREATE", "ALTER", "DROP", "COMMENT", "GRANT", "REVOKE", "REINDEX", "SECURITY", "IMPORT");
    private static final Set<String> MODIFYING =
            Set.of("INSERT", "UPDATE", "DELETE", "MERGE", "REPLACE", "TRUNCATE", "COPY");

    private final String sql;
    private int at;

    private StatementWords(String sql) {
        this.sql = sql;
    }

    /** The command tag as {@code ps} shows it: {@code SELECT}, {@code CREATE TABLE}. */
    static String tag(String sql) {
        StatementWords words = new StatementWords(sql);
        String first = words.next();
        return WITH_AN_OBJECT.contains(first) ? (first + " " + words.next()).strip() : first;
    }

    /** The least {@code log_statement} that logs it. */
    static LogStatement levelOf(String sql) {
        StatementWords words = new StatementWords(sql);
        String word = words.next();
        if (DDL.contains(word)) {
            return LogStatement.DDL;
        }
        // What a WITH leads to, and what EXPLAIN explains, comes later in the text.
        boolean look = word.equals("WITH") || word.equals("EXPLAIN") || word.equals("PREPARE");
        while (look && !word.isEmpty() && !MODIFYING.contains(word)) {
            word = words.next();
        }
        return MODIFYING.contains(word) ? LogStatement.MOD : LogStatement.ALL;
    }

    /** The next word in upper case, past everything that is none; empty at the end. */
    private String next() {
        while (at < sql.length() && !Character.isLetter(sql.charAt(at))) {
            if (sql.startsWith("--", at)) {
                skipPast("\n");
            } else if (sql.startsWith("/*", at)) {
                skipPast("*/");
            } else {
                at++;
            }
        }
        int start = at;
        while (at < sql.length() && (Character.isLetterOrDigit(sql.charAt(at)) || sql.charAt(at) == '_')) {
            at++;
        }
        return sql.substring(start, at).toUpperCase(Locale.ROOT);
    }

    private void skipPast(String end) {
        int found = sql.indexOf(end, at);
        at = found < 0 ? sql.length() : found + end.length();
    }
}
