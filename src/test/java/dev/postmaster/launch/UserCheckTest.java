package dev.postmaster.launch;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** CH-23. */
class UserCheckTest {
    @Test
    void rootIsRefusedInPostgresWords() {
        assertThat(UserCheck.refusal("postmaster", false, 0, 0)).hasValue("""
                "root" execution of the PostgreSQL server is not permitted.
                The server must be started under an unprivileged user ID to prevent
                possible system security compromise.  See the documentation for
                more information on how to properly start the server.
                """);
        assertThat(UserCheck.refusal("postmaster", true, 0, 0)).isEmpty();
    }

    @Test
    void twoUsersInOneProcessAreRefused() {
        assertThat(UserCheck.refusal("postmaster", false, 1000, 1001))
                .hasValue("postmaster: real and effective user IDs must match\n");
        assertThat(UserCheck.refusal("postmaster", false, 1000, 1000)).isEmpty();
    }
}
