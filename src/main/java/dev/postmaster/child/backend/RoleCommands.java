package dev.postmaster.child.backend;

import static dev.postmaster.child.backend.Errors.error;

import dev.postmaster.auth.role.Actor;
import dev.postmaster.auth.role.DatabaseRights;
import dev.postmaster.auth.role.Role;
import dev.postmaster.auth.role.RoleAttribute;
import dev.postmaster.auth.role.RoleBook;
import dev.postmaster.auth.role.RoleChange;
import dev.postmaster.auth.role.RoleCommand;
import dev.postmaster.auth.role.RoleSpec;
import dev.postmaster.report.Report;
import dev.postmaster.report.SqlState;
import dev.postmaster.store.Rows;
import dev.postmaster.store.sql.Kind;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** The statements that change roles and their rights, in the name of the session's role (user.c, dbcommands.c). */
final class RoleCommands {
    private final Surroundings around;
    private final Rights rights;
    private final SessionSettings settings;
    private final Reporter reporter;

    RoleCommands(Surroundings around, Rights rights, SessionSettings settings, Reporter reporter) {
        this.around = around;
        this.rights = rights;
        this.settings = settings;
        this.reporter = reporter;
    }

    /** Outside of any transaction block; the caller sees to that. */
    Rows run(RoleCommand command) throws IOException {
        if (command instanceof RoleCommand.Configure(var ignored, String setting, String value)
                && setting != null
                && value != null) {
            settings.current().atStart(setting, value);
        }
        for (String database : command.databases()) {
            requireDatabase(database);
        }
        // Derived before the lock is taken: it costs milliseconds.
        RoleCommand ready = command.withPassword(Passwords::verifier);
        List<Report> notices = new ArrayList<>();
        around.changeRoles(book -> {
            RoleChange.Outcome outcome = RoleChange.apply(book, actor(book), ready);
            notices.addAll(outcome.notices());
            return outcome.book();
        });
        for (Report notice : notices) {
            reporter.notice(notice);
        }
        return TextRows.none(command.tag());
    }

    private void requireDatabase(String name) {
        if (!around.hasDatabase(name)) {
            throw error(SqlState.INVALID_CATALOG_NAME, "database \"" + name + "\" does not exist");
        }
    }

    private Actor actor(RoleBook book) {
        Role role = rights.role(book);
        return new Actor(role, role, rights.database());
    }

    /** Before CREATE DATABASE: whether the role may, and may make it belong to whom it says. */
    void requireRightToCreate(Kind.CreateDatabase create) {
        RoleBook book = around.roles();
        Actor actor = actor(book);
        if (!actor.current().superuser() && !actor.current().is(RoleAttribute.CREATEDB)) {
            throw error(SqlState.INSUFFICIENT_PRIVILEGE, "permission denied to create database");
        }
        RoleSpec owner = create.options().owner();
        if (owner instanceof RoleSpec.Named(String name)
                && !book.mayBecome(actor.current(), book.require(name).oid())) {
            throw error(SqlState.INSUFFICIENT_PRIVILEGE, "must be member of role \"" + name + "\"");
        }
    }

    /** After CREATE DATABASE: writes down whose it is. */
    void created(Kind.CreateDatabase create) {
        around.changeRoles(book -> {
            Actor actor = actor(book);
            DatabaseRights rights =
                    DatabaseRights.of(create.name(), actor.current().oid());
            RoleCommand options = new RoleCommand.AlterDatabase(create.name(), create.options());
            return RoleChange.apply(book.with(rights), actor, options).book();
        });
    }

    /** Before DROP DATABASE. */
    void requireRightToDrop(Kind.DropDatabase drop) {
        if (!around.hasDatabase(drop.name())) {
            return; // the store says so
        }
        RoleBook book = around.roles();
        if (!book.hasRightsOf(actor(book).current(), book.database(drop.name()).owner())) {
            throw error(SqlState.INSUFFICIENT_PRIVILEGE, "must be owner of database " + drop.name());
        }
    }

    /** After DROP DATABASE: a later one of that name begins anew. */
    void dropped(Kind.DropDatabase drop) {
        around.changeRoles(book -> book.withoutDatabase(drop.name()));
    }
}
