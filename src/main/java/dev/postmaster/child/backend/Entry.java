package dev.postmaster.child.backend;

import dev.postmaster.auth.role.EntryRules;
import dev.postmaster.auth.role.Role;
import dev.postmaster.auth.role.RoleBook;
import dev.postmaster.config.Guc;
import dev.postmaster.report.Report;
import dev.postmaster.report.ReportException;
import dev.postmaster.report.Severity;
import dev.postmaster.wire.StartupPacket.Startup;
import java.util.Map;

/**
 * A session of a client that has proved who it is, when the role and the database let it in (InitPostgres).
 *
 * @param settings the server's, as the role wants them
 */
record Entry(Role role, SettingValues settings) {

    /**
     * Looks whether the client may have a session; it has been introduced, and counts itself.
     *
     * @throws ReportException FATAL if it may not
     */
    static Entry of(Surroundings around, Startup client) {
        RoleBook book = around.roles();
        Role role = EntryRules.role(book, client.user());
        EntryRules.Sessions sessions = around.sessions(client);
        EntryRules.requireRoom(role, sessions, around.settings().get(Guc.SUPERUSER_RESERVED_CONNECTIONS));
        if (around.hasDatabase(client.database())) {
            EntryRules.requireDatabase(book, role, client.database(), sessions);
        }
        return new Entry(role, settings(around, role));
    }

    /** What a role asks for and no longer can have is no reason to keep it out (guc.c, ProcessGUCArray). */
    private static SettingValues settings(Surroundings around, Role role) {
        SettingValues values = SettingValues.of(around.settings());
        for (Map.Entry<String, String> setting : role.settings().entrySet()) {
            try {
                values = values.atStart(setting.getKey(), setting.getValue());
            } catch (ReportException e) {
                Report report = e.report();
                around.log().report(report.withSeverity(Severity.WARNING));
            }
        }
        return values;
    }
}
