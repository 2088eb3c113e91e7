package dev.postmaster.it;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;

/** Somebody who listens to the log over the admin API, until it ends or this is closed. */
final class LogListener implements AutoCloseable {
    private final List<String> lines = new CopyOnWriteArrayList<>();
    private final HttpClient client =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final Thread reader;

    /** @param query what follows the path, such as {@code ?level=error} */
    LogListener(RunningPostmaster postmaster, String query) {
        URI log = URI.create("http://localhost:" + postmaster.managementPort() + "/api/v1/log" + query);
        Stream<String> body = send(HttpRequest.newBuilder(log).build());
        reader = Thread.ofVirtual().start(() -> read(body));
        await(": the log from now on");
    }

    private Stream<String> send(HttpRequest request) {
        try {
            HttpResponse<Stream<String>> response = client.send(request, HttpResponse.BodyHandlers.ofLines());
            if (response.statusCode() != 200) {
                throw new AssertionError(
                        response.statusCode() + " " + response.body().toList());
            }
            return response.body();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(e);
        }
    }

    private void read(Stream<String> body) {
        try {
            body.forEach(lines::add);
        } catch (UncheckedIOException ended) {
            lines.add("the end");
        }
    }

    /** The data of the events so far. */
    List<String> records() {
        return lines.stream().filter(line -> line.startsWith("data: ")).toList();
    }

    void await(String text) {
        Deadline.await("a listener hears " + text, RunningPostmaster.PATIENCE, () -> lines.stream()
                .anyMatch(line -> line.contains(text)));
    }

    /** Waits until the other side has ended it. */
    void awaitEnd() {
        Deadline.await("the log ends", RunningPostmaster.PATIENCE, () -> !reader.isAlive());
    }

    @Override
    public void close() {
        client.shutdownNow();
    }
}
