package dev.postmaster.it;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.startsWith;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import org.junit.jupiter.api.Test;
import org.openqa.selenium.Keys;

/**
 * The page, in a real browser, on a real postmaster. {@code -Dpage.photographs=true} takes the pictures in src/docs/page.md
 * anew.
 */
class PageIT {
    private static final Path ALBUM = Path.of(Boolean.getBoolean("page.photographs") ? "src/docs/page" : "target/page");

    private static final int WIDTH = 1280;
    private static final int HEIGHT = 1120;

    private static final String[] WITH_LOG = {"logging_collector=on", "log_destination=console,stderr"};

    @Test
    void aCrashCycleIsSeenLive() throws SQLException {
        try (var browser = Browser.open();
                var postmaster = RunningPostmaster.start(
                        "logging_collector=on",
                        "log_destination=console,stderr",
                        "log_connections=on",
                        "crash_scope=reset");
                Connection stays = connect(postmaster, "web", "orders");
                Connection crashes = connect(postmaster, "batch", "postgres")) {
            browser.visit(postmaster, WIDTH, HEIGHT).awaitLit("PM_RUN");
            int victim = RunningPostmaster.backendPid(crashes);
            int frozen = RunningPostmaster.backendPid(stays);
            browser.await("the sessions are seen", row(victim, "batch@postgres") + " && " + row(frozen, "web@orders"));
            browser.await("the log is live", "document.querySelector('#listening').textContent === 'live'");
            Deadline.await("the charts move", RunningPostmaster.PATIENCE, () -> {
                postmaster.psql("-c", "checkpoint");
                return points(browser, 3) >= 8;
            });
            photograph(browser, "1-running");

            RunningPostmaster.signal(frozen, "STOP"); // it cannot quit by itself: the cycle takes five seconds
            RunningPostmaster.signal(victim, "KILL");
            browser.awaitLit("PM_WAIT_BACKENDS");
            browser.await("it is a crash", "document.querySelector('.node.lit').classList.contains('crash')");
            browser.await(
                    "who is awaited is named",
                    "document.querySelector('#notice').textContent.includes('" + frozen + "')");
            browser.await(
                    "the crash is logged",
                    "document.querySelector('#records').textContent.includes('(PID " + victim
                            + ") was terminated by signal 9')");
            photograph(browser, "2-crash");

            browser.awaitLit("PM_RUN");
            browser.await("the way is marked", "document.querySelectorAll('.way.travelled').length >= 6");
            browser.await(
                    "it is history",
                    "document.querySelector('#history .crash') !== null"
                            + " && !document.querySelector('.node.lit').classList.contains('crash')");
            browser.await("the dead are gone", "!(" + row(victim, "") + ") && !(" + row(frozen, "") + ")");
            photograph(browser, "3-recovered");
            assertThat(browser.complaints()).isEmpty();
        }
    }

    @Test
    void aBackendIsFoundAndTerminatedByTheKeyboard() throws SQLException {
        try (var browser = Browser.open();
                var postmaster = RunningPostmaster.start(WITH_LOG);
                Connection session = postmaster.connect()) {
            browser.visit(postmaster, WIDTH, HEIGHT).awaitLit("PM_RUN");
            int backend = RunningPostmaster.backendPid(session);
            browser.await("the session is seen", row(backend, "postgres@postgres"));
            browser.element("#which").sendKeys("backend " + backend);
            browser.await("only it is shown", "document.querySelectorAll('#rows tr').length === 1");

            browser.element("#rows button").sendKeys(Keys.ENTER);
            browser.await("it is asked", "document.querySelector('#question').open");
            assertThat(browser.text("#question-text")).contains("backend " + backend + " (postgres@postgres");
            browser.press(Keys.ESCAPE);
            browser.await("the question is closed", "!document.querySelector('#question').open");
            assertThat(Proc.childrenOf(postmaster.pid())).contains(backend);

            browser.element("#rows button").sendKeys(Keys.ENTER);
            browser.press(Keys.TAB);
            browser.press(Keys.ENTER);
            Proc.awaitGone(backend);
            browser.await("it is gone", "document.querySelectorAll('#rows tr').length === 0");
            assertThat(browser.complaints()).isEmpty();
        }
    }

    @Test
    void theLogIsFiltered() throws SQLException {
        try (var browser = Browser.open();
                var postmaster = RunningPostmaster.start(WITH_LOG);
                Connection session = postmaster.connect()) {
            browser.visit(postmaster, WIDTH, HEIGHT)
                    .await("live", "document.querySelector('#listening').textContent === 'live'");
            browser.element("#reload").click();
            browser.await("a LOG is seen", "document.querySelector('#records .log') !== null");

            browser.element("#level").sendKeys("error");
            browser.element("#clear").click();
            browser.element("#reload").click();
            Deadline.await("an error is seen", RunningPostmaster.PATIENCE, () -> {
                postmaster.psql("-c", "nonsense");
                return browser.text("#records").contains("nonsense");
            });
            assertThat(browser.evaluate("document.querySelectorAll('#records li:not(.error)').length"))
                    .isEqualTo(0L);
            assertThat(session.isClosed()).isFalse();
        }
    }

    @Test
    void aTokenIsAskedForAndKeptOutOfTheAddress() throws IOException {
        try (var browser = Browser.open();
                var postmaster = RunningPostmaster.start("admin_token_file=token")) {
            Path file = postmaster.dataDirectory().resolve("token");
            Files.writeString(file, "a-token-of-the-page\n");
            Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
            postmaster.signal("HUP");
            browser.visit(postmaster, WIDTH, HEIGHT)
                    .await("the page asks for it", "document.querySelector('#token').offsetParent !== null");
            browser.element("#token").sendKeys("another-token", Keys.ENTER);
            browser.await(
                    "it is refused",
                    "document.querySelector('#notice').textContent.includes('no token, or a wrong one')");
            browser.element("#token").sendKeys("a-token-of-the-page", Keys.ENTER);
            browser.awaitLit("PM_RUN");
            browser.await("it asks no more", "document.querySelector('#token').offsetParent === null");
            assertThat(browser.address()).endsWith(postmaster.managementPort() + "/");
            assertThat(browser.evaluate("document.cookie + JSON.stringify(localStorage)"))
                    .isEqualTo("{}");
        }
    }

    @Test
    void itSaysThatThePostmasterIsGoneAndComesBackWithIt() {
        try (var browser = Browser.open();
                var postmaster = RunningPostmaster.start()) {
            browser.visit(postmaster, WIDTH, HEIGHT).awaitLit("PM_RUN");
            postmaster.signal("INT");
            assertThat(postmaster.awaitExit()).isZero();
            browser.await(
                    "it says so", "document.querySelector('#notice').textContent.includes('cannot be reached since')");
            postmaster.startAgain();
            browser.await(
                    "it is back",
                    "document.querySelector('#notice').hidden && !document.body.classList.contains('stale')");
            browser.awaitLit("PM_RUN");
        }
    }

    @Test
    void hundredsOfChildrenAreShownAndScrolled() throws Exception {
        int many = 450;
        List<LineClient> clients = new ArrayList<>();
        try (var browser = Browser.open();
                var postmaster = RunningPostmaster.startWithoutCluster(
                        "backend_command=cat", "max_connections=" + many, "max_connections_per_source=" + many)) {
            for (int client = 0; client < many; client++) {
                clients.add(new LineClient(postmaster.port()));
            }
            browser.visit(postmaster, WIDTH, HEIGHT)
                    .await(
                            "all are counted",
                            "document.querySelector('#count').textContent === '451 living, 51 more not shown'");
            assertThat(browser.evaluate("document.querySelectorAll('#rows tr').length"))
                    .isEqualTo(400L);
            assertThat((Long) browser.evaluate("document.querySelector('#processes').clientHeight"))
                    .isLessThan(HEIGHT);
            int last = Proc.childrenOf(postmaster.pid()).getLast();
            browser.element("#which").sendKeys(Integer.toString(last));
            browser.await("the last is found", row(last, ""));
        } finally {
            clients.forEach(LineClient::close);
        }
    }

    @Test
    void itsFilesComeWithAPolicyAndNoOtherFilesAreServed() {
        try (var postmaster = RunningPostmaster.start()) {
            var request = given().port(postmaster.managementPort()).urlEncodingEnabled(false);
            request.get("/")
                    .then()
                    .statusCode(200)
                    .header("Content-Security-Policy", startsWith("default-src 'none'; script-src 'self'"));
            request.get("/page/other.js").then().statusCode(404);
            request.get("/page/..%2fopenapi.yaml").then().statusCode(404);
        }
    }

    private static Connection connect(RunningPostmaster postmaster, String user, String database) throws SQLException {
        if (!database.equals("postgres")) {
            postmaster.psql("-c", "create database " + database);
        }
        postmaster.psql("-c", "create role " + user + " login superuser");
        var properties = new Properties();
        properties.put("user", user);
        return postmaster.connect(database, properties);
    }

    /** Whether the table has this process, with this client. */
    private static String row(int pid, String client) {
        return "[...document.querySelectorAll('#rows tr')].some((row) => row.children[0].textContent === '" + pid
                + "' && row.children[4].textContent.startsWith('" + client + "'))";
    }

    /** How many corners the line of a chart has. */
    private static long points(Browser browser, int chart) {
        return (Long) browser.evaluate("[...document.querySelectorAll('.chart .line')[" + chart
                + "].getAttribute('d')].filter((c) => c === ',').length");
    }

    private static void photograph(Browser browser, String name) {
        for (String scheme : List.of("light", "dark")) {
            browser.prefer(scheme);
            browser.photograph(ALBUM.resolve(name + "-" + scheme + ".png"));
        }
    }
}
