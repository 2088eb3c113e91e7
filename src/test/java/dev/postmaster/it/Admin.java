package dev.postmaster.it;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;

import io.restassured.path.json.JsonPath;
import io.restassured.response.ValidatableResponse;
import io.restassured.specification.RequestSpecification;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** Somebody who uses the admin API of a postmaster. */
record Admin(RunningPostmaster postmaster) {
    RequestSpecification request() {
        return given().port(postmaster.managementPort()).basePath("/api/v1");
    }

    JsonPath get(String path) {
        return request().get(path).then().statusCode(200).extract().jsonPath();
    }

    ValidatableResponse post(String path) {
        return request().post(path).then();
    }

    /** Adds to {@code postmaster.conf}; who reads it, and when, is another matter. */
    void configure(String lines) {
        Path file = postmaster.dataDirectory().resolve("postmaster.conf");
        try {
            Files.writeString(file, lines, StandardOpenOption.APPEND);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The response is a problem in the form of RFC 9457 that says these words. */
    static void assertProblem(ValidatableResponse response, int status, String... words) {
        String body = response.statusCode(status)
                .contentType("application/problem+json")
                .extract()
                .body()
                .asString();
        assertThat(body).contains("\"remedy\":");
        assertThat(body.replace("\\\"", "\"")).contains(words);
    }
}
