package dev.postmaster.child.backend;

import dev.postmaster.auth.hba.HbaRule;
import dev.postmaster.auth.hba.IdentMap;
import dev.postmaster.report.Log;
import java.util.function.Supplier;

/**
 * Whether somebody whose name elsewhere is proved may be a role (check_usermap). Why not is for the log only.
 *
 * @param maps read only when somebody has to be looked up
 */
record UserMap(Supplier<IdentMap> maps, Log log) {

    boolean allows(HbaRule rule, String proved, String user) {
        boolean allowed = maps.get().allows(rule.map(), proved, user);
        if (!allowed) {
            log.log(
                    rule.map().isEmpty()
                            ? "provided user name (" + user + ") and authenticated user name (" + proved
                                    + ") do not match"
                            : "no match in usermap \"" + rule.map() + "\" for user \"" + user + "\" authenticated as \""
                                    + proved + "\"");
        }
        return allowed;
    }
}
