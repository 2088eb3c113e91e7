package dev.postmaster.store;

import dev.postmaster.report.Report;
import dev.postmaster.report.SqlState;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One sentence of SQLite's and what PostgreSQL says instead.
 *
 * @param before what SQLite says before a name
 * @param after what it says after it
 * @param message PostgreSQL's sentence, with {@code %s} for the name
 */
record FailureWords(String before, String after, SqlState state, String message) {

    static final List<FailureWords> ALL = List.of(
            say("no such table: ", SqlState.UNDEFINED_TABLE, "relation \"%s\" does not exist"),
            say("no such view: ", SqlState.UNDEFINED_TABLE, "view \"%s\" does not exist"),
            say("no such column: ", SqlState.UNDEFINED_COLUMN, "column \"%s\" does not exist"),
            say("no such function: ", SqlState.UNDEFINED_FUNCTION, "function %s does not exist"),
            say("no such index: ", SqlState.UNDEFINED_OBJECT, "index \"%s\" does not exist"),
            say("no such trigger: ", SqlState.UNDEFINED_OBJECT, "trigger \"%s\" does not exist"),
            say("no such module: ", SqlState.UNDEFINED_OBJECT, "module \"%s\" does not exist"),
            say("no such savepoint: ", SqlState.INVALID_SAVEPOINT_SPECIFICATION, "savepoint \"%s\" does not exist"),
            say("no such collation sequence: ", SqlState.UNDEFINED_OBJECT, "collation \"%s\" does not exist"),
            say("unable to identify the object to be reindexed", SqlState.UNDEFINED_TABLE, "relation does not exist"),
            new FailureWords(
                    "wrong number of arguments to function ",
                    "()",
                    SqlState.UNDEFINED_FUNCTION,
                    "function %s does not exist with this number of arguments"),
            new FailureWords("table ", " already exists", SqlState.DUPLICATE_TABLE, "relation \"%s\" already exists"),
            new FailureWords("view ", " already exists", SqlState.DUPLICATE_TABLE, "relation \"%s\" already exists"),
            new FailureWords("index ", " already exists", SqlState.DUPLICATE_TABLE, "relation \"%s\" already exists"),
            new FailureWords("trigger ", " already exists", SqlState.DUPLICATE_OBJECT, "trigger \"%s\" already exists"),
            say("there is already a table named ", SqlState.DUPLICATE_TABLE, "relation \"%s\" already exists"),
            say("there is already an index named ", SqlState.DUPLICATE_TABLE, "relation \"%s\" already exists"),
            new FailureWords(
                    "there is already another table or index with this name: ",
                    "",
                    SqlState.DUPLICATE_TABLE,
                    "relation \"%s\" already exists"),
            say("duplicate column name: ", SqlState.DUPLICATE_COLUMN, "column \"%s\" specified more than once"),
            say("ambiguous column name: ", SqlState.AMBIGUOUS_COLUMN, "column reference \"%s\" is ambiguous"),
            new FailureWords("unrecognized token: \"", "\"", SqlState.SYNTAX_ERROR, "syntax error at or near \"%s\""),
            new FailureWords(
                    "cannot modify ",
                    " because it is a view",
                    SqlState.OBJECT_NOT_IN_PREREQUISITE_STATE,
                    "cannot change view \"%s\""),
            new FailureWords(
                    "table ",
                    " may not be modified",
                    SqlState.INSUFFICIENT_PRIVILEGE,
                    "permission denied for table %s"),
            new FailureWords(
                    "table ", " may not be dropped", SqlState.INSUFFICIENT_PRIVILEGE, "permission denied for table %s"),
            new FailureWords(
                    "table ", " may not be altered", SqlState.INSUFFICIENT_PRIVILEGE, "permission denied for table %s"),
            new FailureWords(
                    "SELECTs to the left and right of ",
                    " do not have the same number of result columns",
                    SqlState.SYNTAX_ERROR,
                    "each %s query must have the same number of columns"),
            say("integer overflow", SqlState.NUMERIC_VALUE_OUT_OF_RANGE, "bigint out of range"),
            say("malformed JSON", SqlState.INVALID_TEXT_REPRESENTATION, "invalid input syntax for type json"),
            say("parser stack overflow", SqlState.STATEMENT_TOO_COMPLEX, "stack depth limit exceeded"),
            say("Expression tree is too large", SqlState.STATEMENT_TOO_COMPLEX, "stack depth limit exceeded"),
            say("too many SQL variables", SqlState.TOO_MANY_ARGUMENTS, "too many parameters"),
            say("too many arguments on function ", SqlState.TOO_MANY_ARGUMENTS, "cannot pass so many arguments to %s"),
            say("too many columns", SqlState.TOO_MANY_COLUMNS, "too many columns"),
            say("too many FROM clause terms", SqlState.PROGRAM_LIMIT_EXCEEDED, "too many range table entries"),
            say("at most 64 tables in a join", SqlState.PROGRAM_LIMIT_EXCEEDED, "at most 64 tables in a join"));

    private static FailureWords say(String before, SqlState state, String message) {
        return new FailureWords(before, "", state, message);
    }

    /** The name in a sentence of this form; null when the sentence is another. */
    @Nullable
    String nameIn(String sentence) {
        boolean same = sentence.length() >= before.length() + after.length()
                && sentence.startsWith(before)
                && sentence.endsWith(after);
        return same ? sentence.substring(before.length(), sentence.length() - after.length()) : null;
    }

    Report report(String name) {
        String shown = name.startsWith("main.") ? name.substring(5) : name;
        // PostgreSQL puts a name of two parts between no quotes.
        String sentence =
                shown.indexOf('.') > 0 && state == SqlState.UNDEFINED_COLUMN ? "column %s does not exist" : message;
        return StatementFailures.error(state, sentence.replace("%s", shown));
    }
}
