package dev.postmaster.admin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AskedTest {
    @Test
    void aPartInBracesStandsForAnything() {
        assertThat(asked("POST", "/workers/mail/stop")).isEqualTo(new Asked(Endpoint.STOP_WORKER, "mail", Map.of()));
        assertThat(asked("GET", "/processes/42").pid()).isEqualTo(42);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "/", "/nothing", "/status/", "/workers//stop", "/workers/a/b/stop", "/openapi-yaml"})
    void whatIsNotThereIsNotFound(String path) {
        assertThat(problem("GET", path).status()).isEqualTo(404);
    }

    @Test
    void theRightMethodIsTold() {
        assertThat(problem("GET", "/stop"))
                .isEqualTo(Problem.of(405, "GET is not for /stop", "use POST").with("Allow", "POST"));
        assertThat(problem("DELETE", "/processes/42").headers()).isEqualTo(Map.of("Allow", "GET"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "-1", "x", "1x", "00001", "1000000000", "99999999999999"})
    void onlyANumberIsAProcess(String text) {
        assertThatExceptionOfType(Refusal.class)
                .isThrownBy(() -> Asked.pid(text))
                .satisfies(refusal -> assertThat(refusal.problem().status()).isEqualTo(400));
    }

    private static Asked asked(String method, String path) {
        return Asked.of(method, path, Map.of());
    }

    private static Problem problem(String method, String path) {
        try {
            throw new AssertionError(asked(method, path));
        } catch (Refusal refusal) {
            return refusal.problem();
        }
    }
}
