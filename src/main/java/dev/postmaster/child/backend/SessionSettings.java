package dev.postmaster.child.backend;

import dev.postmaster.config.Settings;
import dev.postmaster.store.sql.Kind.TransactionModes;
import dev.postmaster.wire.BackendMessage.ParameterStatus;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The settings of a session through its transactions: what SET changes lasts if the transaction commits, what SET LOCAL
 * changes ends with it, and a rollback takes back both (guc.c, AtEOXact_GUC).
 */
final class SessionSettings {
    /**
     * What a transaction has made of the settings so far.
     *
     * @param lasting what a commit leaves
     * @param current what holds now
     */
    record State(SettingValues lasting, SettingValues current) {
        private State on(Settings server) {
            return new State(lasting.on(server), current.on(server));
        }
    }

    /** What RESET goes back to: the server's settings, and what the client asked for in its startup packet. */
    private SettingValues initial;

    private SettingValues committed;
    private State state;

    private @Nullable SettingValues told;

    /** What the server's values have become since the session began; null if they have not changed. */
    private @Nullable Settings reloaded;

    SessionSettings(SettingValues initial) {
        this.initial = initial;
        this.committed = initial;
        this.state = new State(initial, initial);
    }

    SettingValues current() {
        return state.current;
    }

    /** {@code local}: to the end of the transaction only. */
    void set(String name, String text, boolean local) {
        SettingValues changed = state.current.with(name, text);
        state = new State(local ? state.lasting : state.lasting.with(name, text), changed);
    }

    /** The modes of the present transaction; null leaves one as it is. */
    void setModes(TransactionModes modes) {
        Boolean readOnly = modes.readOnly();
        if (readOnly != null) {
            set(SettingTable.READ_ONLY, readOnly ? "on" : "off", true);
        }
        String isolation = modes.isolation();
        if (isolation != null) {
            set(SettingTable.ISOLATION, isolation, true);
        }
    }

    /** The modes of all transactions to come; null leaves one as it is. */
    void setDefaultModes(TransactionModes modes) {
        Boolean readOnly = modes.readOnly();
        if (readOnly != null) {
            set(SettingTable.DEFAULT_READ_ONLY, readOnly ? "on" : "off", false);
        }
        String isolation = modes.isolation();
        if (isolation != null) {
            set(SettingTable.DEFAULT_ISOLATION, isolation, false);
        }
    }

    TransactionModes modes() {
        return new TransactionModes(
                state.current.isOn(SettingTable.READ_ONLY), state.current.get(SettingTable.ISOLATION));
    }

    void reset(String name) {
        state = new State(state.lasting.withSame(name, initial), state.current.withSame(name, initial));
    }

    void resetAll() {
        state = new State(initial, initial);
    }

    /** The server's values have changed; what this session changed itself stays, in all that a rollback may bring back. */
    void follow(Settings server) {
        reloaded = server;
        initial = initial.on(server);
        committed = committed.on(server);
        state = state.on(server);
    }

    State state() {
        return state;
    }

    /** Takes back what was changed since {@link #state} gave this. */
    void restore(State earlier) {
        state = reloaded == null ? earlier : earlier.on(reloaded);
    }

    void commit() {
        committed = state.lasting;
        state = new State(committed, committed);
    }

    void rollback() {
        state = new State(committed, committed);
    }

    /** What the client must be told: at first everything that is reported, then what differs from what it was told. */
    @SuppressWarnings("ReferenceEquality") // the same snapshot: nothing was set
    List<ParameterStatus> news() {
        SettingValues before = told;
        SettingValues now = state.current;
        if (before == now) {
            return List.of();
        }
        told = now;
        List<ParameterStatus> news = new ArrayList<>();
        for (SessionSetting setting : SettingTable.REPORTED) {
            String value = now.get(setting.name());
            if (before == null || !value.equals(before.get(setting.name()))) {
                news.add(new ParameterStatus(setting.name(), value));
            }
        }
        return news;
    }
}
