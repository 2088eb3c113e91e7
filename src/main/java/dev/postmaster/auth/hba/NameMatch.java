package dev.postmaster.auth.hba;

import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A word of a rule's list of databases or of users.
 *
 * @param expression what follows a slash, compiled (as in PostgreSQL 16)
 */
record NameMatch(Token token, @Nullable Pattern expression) {
    boolean isDatabaseOf(Knock knock) {
        if (expression != null) {
            return expression.matcher(knock.database()).find();
        }
        if (token.isKeyword("all")) {
            return true;
        }
        if (token.isKeyword("sameuser")) {
            return knock.user().equals(knock.database());
        }
        if (token.isKeyword("samerole") || token.isKeyword("samegroup")) {
            return knock.memberOf().test(knock.database());
        }
        return !token.isKeyword("replication") && token.text().equals(knock.database());
    }

    boolean isUserOf(Knock knock) {
        if (expression != null) {
            return expression.matcher(knock.user()).find();
        }
        if (token.isMarked('+')) {
            return knock.memberOf().test(token.unmarked());
        }
        return token.isKeyword("all") || token.text().equals(knock.user());
    }
}
