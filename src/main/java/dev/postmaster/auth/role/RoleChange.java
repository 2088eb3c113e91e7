package dev.postmaster.auth.role;

import static dev.postmaster.auth.role.RoleErrors.denied;
import static dev.postmaster.auth.role.RoleErrors.error;
import static dev.postmaster.auth.role.RoleErrors.notice;

import dev.postmaster.report.Report;
import dev.postmaster.report.ReportException;
import dev.postmaster.report.SqlState;
import java.util.ArrayList;
import java.util.List;

/**
 * One statement that changes the book: whether its actor may, and what becomes of the book (user.c, dbcommands.c). Used
 * once, by one thread.
 */
public final class RoleChange {
    private final Actor actor;
    private final List<Report> notices = new ArrayList<>();
    private RoleBook book;

    private RoleChange(RoleBook book, Actor actor) {
        this.book = book;
        this.actor = actor;
    }

    /**
     * What a statement makes of a book.
     *
     * @param notices what the client is told although it is no error
     */
    public record Outcome(RoleBook book, List<Report> notices) {}

    /**
     * Does what a statement says.
     *
     * @throws ReportException ERROR with PostgreSQL's message: 42501 if the actor may not, 42704 for an unknown role and so on
     */
    public static Outcome apply(RoleBook book, Actor actor, RoleCommand command) {
        RoleChange change = new RoleChange(book, actor);
        change.run(command);
        return new Outcome(change.book, List.copyOf(change.notices));
    }

    private void run(RoleCommand command) {
        switch (command) {
            case RoleCommand.Create create -> new RoleDefinition(this).create(create);
            case RoleCommand.Alter alter -> new RoleDefinition(this).alter(alter);
            case RoleCommand.Rename rename -> new RoleDefinition(this).rename(rename);
            case RoleCommand.Configure configure -> new RoleDefinition(this).configure(configure);
            case RoleCommand.Drop drop -> new RoleDefinition(this).drop(drop);
            case RoleCommand.Member member -> new MembershipChange(this).run(member);
            case RoleCommand.Grant grant -> new DatabaseChange(this).grant(grant);
            case RoleCommand.AlterDatabase alter -> new DatabaseChange(this).alter(alter);
        }
    }

    Actor actor() {
        return actor;
    }

    RoleBook book() {
        return book;
    }

    void put(Role role) {
        book = book.with(role);
    }

    void put(DatabaseRights rights) {
        book = book.with(rights);
    }

    void remove(Role role) {
        book = book.without(role.oid());
    }

    void tell(String message) {
        notices.add(notice(message));
    }

    void warn(Report report) {
        notices.add(report);
    }

    boolean superuser() {
        return actor.current().superuser();
    }

    /** Superusers may all that attributes allow. */
    boolean may(RoleAttribute attribute) {
        return superuser() || actor.current().is(attribute);
    }

    void requireSuperuser(String to) {
        if (!superuser()) {
            throw denied("must be superuser to " + to);
        }
    }

    /** The role a statement means; 42704 if there is none. */
    Role role(RoleSpec spec) {
        return switch (spec) {
            case RoleSpec.Named named -> book.require(named.name());
            case RoleSpec.Current() -> book.require(actor.current().name());
            case RoleSpec.Session() -> book.require(actor.session().name());
            case RoleSpec.Everybody() -> throw error(SqlState.UNDEFINED_OBJECT, "role \"public\" does not exist");
        };
    }
}
