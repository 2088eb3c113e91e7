package dev.postmaster.child.backend;

import static dev.postmaster.child.backend.Errors.error;

import dev.postmaster.auth.role.RoleCommand;
import dev.postmaster.report.SqlState;
import dev.postmaster.store.Column;
import dev.postmaster.store.Rows;
import dev.postmaster.store.sql.Kind;
import dev.postmaster.store.sql.Kind.TransactionModes;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** The statements that the session executes itself (utility.c, guc_funcs.c, discard.c). */
final class SessionCommands {
    private static final String ALL = "all";

    private final SessionSettings settings;
    private final TransactionBlock block;
    private final PreparedStatements prepared;
    private final Runnable checkpoint;
    private final RoleCommands roles;

    SessionCommands(
            SessionSettings settings,
            TransactionBlock block,
            PreparedStatements prepared,
            Runnable checkpoint,
            RoleCommands roles) {
        this.settings = settings;
        this.block = block;
        this.prepared = prepared;
        this.checkpoint = checkpoint;
        this.roles = roles;
    }

    Rows run(Kind.SessionCommand command) throws IOException {
        return switch (command) {
            case Kind.Set set -> set(set);
            case Kind.SetTransaction set -> setTransaction(set);
            case Kind.Show show -> show(show.name());
            case Kind.Reset reset -> reset(reset.name());
            case Kind.Discard discard -> discard(discard.target());
            case Kind.Deallocate deallocate -> deallocate(deallocate);
            case Kind.Checkpoint checkpointNow -> checkpoint();
            case Kind.Roles change -> change(change.command());
        };
    }

    private Rows set(Kind.Set set) throws IOException {
        if (set.local()) {
            block.warnOutsideBlock("SET LOCAL");
        }
        String key = set.name().toLowerCase(Locale.ROOT);
        if (set.values().isEmpty()) {
            settings.reset(set.name());
        } else if (key.equals(SettingTable.READ_ONLY)) {
            boolean readOnly = settings.current().with(key, value(set)).isOn(key);
            block.set(new TransactionModes(readOnly, null));
        } else {
            settings.set(set.name(), value(set), set.local() || key.equals(SettingTable.ISOLATION));
        }
        return TextRows.none("SET");
    }

    private static String value(Kind.Set set) {
        if (set.values().size() > 1 && !SettingTable.isList(set.name())) {
            throw error(SqlState.INVALID_PARAMETER_VALUE, "SET " + set.name() + " takes only one argument");
        }
        return String.join(", ", set.values());
    }

    private Rows setTransaction(Kind.SetTransaction set) throws IOException {
        if (set.session()) {
            settings.setDefaultModes(set.modes());
        } else {
            block.set(set.modes());
        }
        return TextRows.none("SET");
    }

    /** The columns that {@link #run} will answer SHOW with. */
    static List<Column> columns(Kind.Show show) {
        return show.name().equals(ALL) ? TextRows.columnsNamed("name", "setting") : TextRows.columnsNamed(show.name());
    }

    private Rows show(String name) {
        List<List<String>> rows = new ArrayList<>();
        if (name.equals(ALL)) {
            for (Map.Entry<String, String> setting : settings.current().all().entrySet()) {
                rows.add(List.of(setting.getKey(), setting.getValue()));
            }
        } else {
            rows.add(List.of(settings.current().get(name)));
        }
        return TextRows.of("SHOW", columns(new Kind.Show(name)), rows);
    }

    private Rows reset(String name) {
        if (name.equals(ALL)) {
            settings.resetAll();
        } else {
            settings.reset(name);
        }
        return TextRows.none("RESET");
    }

    private Rows discard(String target) {
        if (target.equals(ALL)) {
            block.refuseInBlock("DISCARD ALL");
            settings.resetAll();
            prepared.clear();
        }
        return TextRows.none("DISCARD " + target.toUpperCase(Locale.ROOT));
    }

    private Rows deallocate(Kind.Deallocate deallocate) {
        String name = deallocate.name();
        if (name == null) {
            prepared.clear();
            return TextRows.none("DEALLOCATE ALL");
        }
        prepared.require(name);
        prepared.remove(name);
        return TextRows.none("DEALLOCATE");
    }

    private Rows change(RoleCommand command) throws IOException {
        block.refuseInBlock(command.tag());
        return roles.run(command);
    }

    private Rows checkpoint() {
        checkpoint.run();
        return TextRows.none("CHECKPOINT");
    }
}
