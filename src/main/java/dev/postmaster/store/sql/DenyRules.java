package dev.postmaster.store.sql;

import dev.postmaster.report.SqlState;
import java.util.Set;

/** What SQLite offers and no client may reach, and operators SQLite would misread. */
final class DenyRules {
    private static final Set<String> FUNCTIONS =
            Set.of("load_extension", "fts3_tokenizer", "readfile", "writefile", "edit");

    /** Pragmas as tables that only describe the schema. */
    private static final Set<String> PRAGMA_TABLES =
            Words.set("pragma_table_info pragma_table_xinfo pragma_table_list pragma_index_list pragma_index_info "
                    + "pragma_index_xinfo pragma_foreign_key_list pragma_function_list pragma_collation_list");

    private static final Set<String> OPERATORS = Words.set("+ - * / % || < > <= >= = == <> != & | << >> ~ -> ->>");

    private DenyRules() {}

    static void apply(Phrase phrase) {
        for (int i = 0; i < phrase.size(); i++) {
            Token token = phrase.at(i);
            if (token.isName()) {
                name(phrase, i, token.text());
            } else if (token.type() == TokenType.OPERATOR && !OPERATORS.contains(token.text())) {
                throw phrase.error(i, SqlState.UNDEFINED_FUNCTION, "operator does not exist: " + token.text());
            }
        }
    }

    private static void name(Phrase phrase, int i, String name) {
        if (name.startsWith("pragma_") && !PRAGMA_TABLES.contains(name)) {
            throw phrase.error(i, SqlState.INSUFFICIENT_PRIVILEGE, "permission denied for table " + name);
        }
        if (FUNCTIONS.contains(name) && phrase.isCall(i)) {
            throw phrase.error(i, SqlState.INSUFFICIENT_PRIVILEGE, "permission denied for function " + name);
        }
    }
}
