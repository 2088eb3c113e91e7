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

    /** A Parse message. */
    record Parsing(Prepared prepared) implements Loggable {
        @Override
        public String title() {
            return "parse " + prepared.title("");
        }

        @Override
        public List<String> statements() {
            return List.of(prepared.sql());
        }

        @Override
        public String detail() {
            return "";
        }
    }

    /**
     * A Bind or Execute message.
     *
     * @param verb what is done with the portal: {@code bind}, {@code execute}, {@code execute fetch from}
     */
    record OfPortal(String verb, Portal portal) implements Loggable {
        @Override
        public String title() {
            return verb + " " + portal.title();
        }

        @Override
        public List<String> statements() {
            return List.of(portal.sql());
        }

        @Override
        public String detail() {
            return portal.parameters();
        }
    }
}
