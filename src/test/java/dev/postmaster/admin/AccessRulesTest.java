package dev.postmaster.admin;

import static org.assertj.core.api.Assertions.assertThat;

import dev.postmaster.server.AdminToken;
import java.util.OptionalInt;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Decision 138 as a table. */
class AccessRulesTest {
    private static final int WELCOME = 0;
    private static final int OURS = 1000;
    private static final int ROOT = 0;
    private static final int SOMEBODY = 1001;
    private static final AdminToken NONE = new AdminToken.NotSet();
    private static final AdminToken SECRET = new AdminToken.Secret("0123456789abcdef");
    private static final Caller CURL = new Caller("localhost:9000", "", "", "", () -> OptionalInt.of(OURS));

    static Stream<Arguments> cases() {
        return Stream.of(
                row("our user", NONE, true, CURL, WELCOME),
                row("root", NONE, true, by(ROOT), WELCOME),
                row("another user of this machine", NONE, true, by(SOMEBODY), 403),
                row("a process nobody knows", NONE, true, withUser(OptionalInt.empty()), 403),
                row("by number", NONE, true, host("127.0.0.1:9000"), WELCOME),
                row("by the other number", NONE, true, host("127.8.9.10"), WELCOME),
                row("by IPv6", NONE, true, host("[::1]:9000"), WELCOME),
                row("by the name in management_address", NONE, true, host("Db.internal:9000"), WELCOME),
                row("a name that was made to point at us", NONE, true, host("evil.example:9000"), 403),
                row("a name that looks like a number", NONE, true, host("127.0.0.1.evil.example:9000"), 403),
                row("a name that ends like ours", NONE, true, host("evil.localhost:9000"), 403),
                row("without a host", NONE, true, host(""), 403),
                row("our own page", NONE, true, page("http://localhost:9000", "same-origin"), WELCOME),
                row("an address that somebody typed", NONE, true, page("", "none"), WELCOME),
                row("another site's page", NONE, true, page("http://evil.example", "cross-site"), 403),
                row("the same in an old browser", NONE, true, page("http://evil.example", ""), 403),
                row("a link or an image of another site", NONE, true, page("", "cross-site"), 403),
                row("a page of another port", NONE, true, page("http://localhost:3000", "same-site"), 403),
                row("a page without an origin", NONE, true, page("null", "cross-site"), 403),
                row("from the network", NONE, false, CURL, 403),
                row("from the network with any token", NONE, false, showing("Bearer x"), 403),
                row("without the token", SECRET, true, CURL, 401),
                row("with a wrong token", SECRET, true, showing("Bearer 0123456789abcdeg"), 401),
                row("with a part of the token", SECRET, true, showing("Bearer 0123456789abcde"), 401),
                row("with the token in another way", SECRET, true, showing("Basic 0123456789abcdef"), 401),
                row("with the token", SECRET, true, showing("Bearer 0123456789abcdef"), WELCOME),
                row("with the token from the network", SECRET, false, showing("bearer 0123456789abcdef"), WELCOME),
                row("when the token cannot be read", new AdminToken.Unusable(), true, showing("Bearer "), 403));
    }

    @ParameterizedTest(name = "{0}: {4}")
    @MethodSource("cases")
    void theDoorOpensToThoseWhoMayComeIn(String who, AdminToken token, boolean loopback, Caller caller, int status) {
        var rules = new AccessRules(token, loopback, "db.internal", OURS);

        assertThat(rules.refusal(caller).map(Problem::status).orElse(WELCOME)).isEqualTo(status);
    }

    private static Arguments row(String who, AdminToken token, boolean loopback, Caller caller, int status) {
        return Arguments.of(who, token, loopback, caller, status);
    }

    private static Caller by(int user) {
        return withUser(OptionalInt.of(user));
    }

    private static Caller withUser(OptionalInt user) {
        return new Caller(CURL.host(), "", "", "", () -> user);
    }

    private static Caller host(String host) {
        return new Caller(host, "", "", "", CURL.user());
    }

    private static Caller page(String origin, String site) {
        return new Caller(CURL.host(), origin, site, "", CURL.user());
    }

    private static Caller showing(String authorization) {
        return new Caller("db.example:9000", "", "", authorization, () -> OptionalInt.of(SOMEBODY));
    }
}
