package dev.postmaster.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.openqa.selenium.Keys;

/** The page for people who see little, use the keyboard, or have a small screen. */
class PageReadersIT {
    private static final int WIDTH = 1280;
    private static final int HEIGHT = 1120;

    @Test
    void everythingHasANameAndTheKeyboardReachesItInOrder() {
        try (var browser = Browser.open();
                var postmaster = RunningPostmaster.start("logging_collector=on", "log_destination=console")) {
            browser.visit(postmaster, WIDTH, HEIGHT).awaitLit("PM_RUN");
            assertThat(browser.evaluate("document.documentElement.lang")).isEqualTo("en");
            assertThat(browser.evaluate("document.title")).isEqualTo("PM_RUN – Postmaster");
            assertThat(browser.evaluate("document.querySelectorAll('h1').length"))
                    .isEqualTo(1L);
            assertThat(
                            browser.evaluate(
                                    "[...document.querySelectorAll('button, input, select, [role=img], [role=region]')]"
                                            + ".filter((one) => !(one.labels?.length > 0 || one.ariaLabel || one.textContent.trim()"
                                            + " || document.getElementById(one.getAttribute('aria-labelledby')))).map((one) => one.outerHTML)"))
                    .isEqualTo(List.of());
            assertThat(browser.evaluate("document.querySelector('#diagram svg').getAttribute('aria-label')"))
                    .isEqualTo("State diagram; the current state is PM_RUN");

            List<String> order = new ArrayList<>();
            while (!order.contains("level")) {
                browser.press(Keys.TAB);
                order.add((String) browser.evaluate("document.activeElement.id || document.activeElement.textContent"));
                assertThat(browser.evaluate("getComputedStyle(document.activeElement).outlineStyle"))
                        .as("the focus on %s is seen", order.getLast())
                        .isEqualTo("solid");
            }
            assertThat(order.getFirst()).isEqualTo("Skip to the processes");
            assertThat(order).containsSubsequence("reload", "rotate", "which", "processes", "kind", "pid", "level");
            assertThat(browser.complaints()).isEmpty();
        }
    }

    @ParameterizedTest
    @CsvSource({"light, 1280", "dark, 1280", "light, 360", "dark, 360"})
    void everyTextHasContrastAndNothingIsCutOff(String scheme, int width) throws IOException {
        try (var browser = Browser.open();
                var postmaster = RunningPostmaster.start("logging_collector=on", "log_destination=console")) {
            browser.prefer(scheme);
            browser.visit(postmaster, width, HEIGHT).awaitLit("PM_RUN");
            browser.await("the log is live", "document.querySelector('#listening').textContent === 'live'");
            browser.element("#reload").click();
            browser.await("there is a log", "document.querySelectorAll('#records li').length > 0");
            Map<?, ?> contrast = (Map<?, ?>) browser.run(script());
            assertThat((Long) contrast.get("looked")).isGreaterThan(50);
            assertThat(contrast.get("faint")).isEqualTo(List.of());
            assertThat((Long) browser.evaluate("document.documentElement.scrollWidth"))
                    .isEqualTo(width);
            browser.photograph(Path.of("target/page/width-" + width + "-" + scheme + ".png"));
        }
    }

    private static String script() throws IOException {
        try (InputStream file = PageReadersIT.class.getResourceAsStream("contrast.js")) {
            return new String(Objects.requireNonNull(file).readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
