package dev.postmaster.admin;

import dev.postmaster.server.AdminToken;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Who may use the API (decision 138). With a token: whoever shows it. Without one, and on a loopback address only: whoever could
 * send the postmaster a signal as well, its own user and root, but no page of somebody else's in their browser.
 *
 * @param loopback whether nobody but this machine reaches the port
 * @param address the setting {@code management_address}
 * @param user who the postmaster runs as
 */
record AccessRules(AdminToken token, boolean loopback, String address, int user) {
    private static final int ROOT = 0;
    private static final String BEARER = "bearer ";
    private static final Pattern PORT = Pattern.compile(":\\d+$");
    private static final Pattern LOOPBACK = Pattern.compile("localhost|127(\\.\\d{1,3}){3}|\\[::1]");

    /** What {@code Sec-Fetch-Site} says when a page of ours asks, or nobody's. */
    private static final Set<String> NOBODY_ELSE = Set.of("", "same-origin", "none");

    /** Why the caller is sent away; empty if it is not. */
    Optional<Problem> refusal(Caller caller) {
        return switch (token) {
            case AdminToken.Secret secret -> withToken(secret, caller);
            case AdminToken.Unusable() ->
                Optional.of(Problem.of(
                        403,
                        "the file that admin_token_file names holds no token that can be used",
                        "the log says why; mend the file and reload"));
            case AdminToken.NotSet() -> loopback ? withoutToken(caller) : Optional.of(closed());
        };
    }

    private static Problem closed() {
        return Problem.of(
                403,
                "the admin API is closed, because management_address is no loopback address",
                "set admin_token_file, or management_address = 'localhost'");
    }

    private static Optional<Problem> withToken(AdminToken.Secret secret, Caller caller) {
        String shown = caller.authorization();
        boolean right = shown.toLowerCase(Locale.ROOT).startsWith(BEARER)
                && secret.matches(shown.substring(BEARER.length()).strip());
        return right
                ? Optional.empty()
                : Optional.of(Problem.of(
                                401,
                                "the request shows no token, or a wrong one",
                                "send \"Authorization: Bearer TOKEN\" with the content of admin_token_file")
                        .with("WWW-Authenticate", "Bearer"));
    }

    private Optional<Problem> withoutToken(Caller caller) {
        String name = PORT.matcher(caller.host()).replaceFirst("");
        if (!LOOPBACK.matcher(name).matches() && !name.equalsIgnoreCase(address)) {
            return Optional.of(Problem.of(
                    403,
                    "the host \"" + caller.host() + "\" is not this one",
                    "ask for localhost, or set admin_token_file"));
        }
        String ourPage = "http://" + caller.host();
        if (!NOBODY_ELSE.contains(caller.site())
                || !(caller.origin().isEmpty() || caller.origin().equalsIgnoreCase(ourPage))) {
            return Optional.of(Problem.of(
                    403, "a page of another site makes this request", "use a page of " + ourPage + ", or no browser"));
        }
        OptionalInt other = caller.user().get();
        return other.isPresent() && (other.getAsInt() == user || other.getAsInt() == ROOT)
                ? Optional.empty()
                : Optional.of(Problem.of(
                        403,
                        "the request comes from another user than the postmaster's",
                        "ask as that user or root, or set admin_token_file"));
    }
}
