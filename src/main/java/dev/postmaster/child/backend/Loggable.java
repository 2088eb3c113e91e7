package dev.postmaster.child.backend;

import java.util.List;

/** What runs, as {@link StatementLog} may want to show it. */
interface Loggable {
    /** {@code statement: select 1}. */
    String title();

    /** The texts it consists of. */
    List<String> statements();

    /** The values it runs with; empty if there are none. */
    String detail();

    /** The text of a Query message. */
    record Text(String sql, List<String> statements) implements Loggable {
        @Override
        public String title() {
            return "statement: " + sql;
        }

        @Override
        public String detail() {
            return "";
        }
    }
}
