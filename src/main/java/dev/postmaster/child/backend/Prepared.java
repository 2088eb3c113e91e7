package dev.postmaster.child.backend;

import dev.postmaster.store.Column;
import dev.postmaster.store.Statement;
import dev.postmaster.store.sql.Kind;
import dev.postmaster.store.sql.SecretText;
import java.util.List;

/** A prepared statement. It lives as long as its name or a portal that runs it. */
final class Prepared {
    private final String name;
    private final String sql;
    private final Statement statement;
    private int users = 1;

    /** The caller is the first user. */
    Prepared(String name, String sql, Statement statement) {
        this.name = name;
        this.sql = SecretText.masked(sql);
        this.statement = statement;
    }

    /** How the log calls it, and the portal that runs it if that has a name. */
    String title(String portal) {
        return (name.isEmpty() ? "<unnamed>" : name) + (portal.isEmpty() ? "" : "/" + portal) + ": " + sql;
    }

    /** The text as the client wrote it, without its secrets. */
    String sql() {
        return sql;
    }

    Statement statement() {
        return statement;
    }

    /** The columns of its rows, as far as they are known before it runs. */
    List<Column> columns() {
        return statement.kind() instanceof Kind.Show show ? SessionCommands.columns(show) : statement.columns();
    }

    Prepared use() {
        users++;
        return this;
    }

    void release() {
        users--;
        if (users == 0) {
            statement.close();
        }
    }
}
