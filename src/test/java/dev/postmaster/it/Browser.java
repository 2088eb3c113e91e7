package dev.postmaster.it;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.logging.Level;
import javax.imageio.ImageIO;
import org.openqa.selenium.By;
import org.openqa.selenium.JavascriptExecutor;
import org.openqa.selenium.Keys;
import org.openqa.selenium.WebElement;
import org.openqa.selenium.chrome.ChromeDriver;
import org.openqa.selenium.chrome.ChromeDriverService;
import org.openqa.selenium.chrome.ChromeOptions;
import org.openqa.selenium.logging.LogType;
import org.openqa.selenium.logging.LoggingPreferences;

/** A real Chromium without a window, in which somebody looks at the page of a postmaster. */
final class Browser implements AutoCloseable {
    private static final Path CHROMIUM = Path.of("/usr/bin/chromium");
    private static final Path DRIVER = Path.of("/usr/bin/chromedriver");

    private final ChromeDriver driver;

    private Browser(ChromeDriver driver) {
        this.driver = driver;
    }

    /** Skips the test where there is no browser. */
    static Browser open() {
        assumeTrue(
                Files.isExecutable(CHROMIUM) && Files.isExecutable(DRIVER),
                "Debian's packages chromium and chromium-driver are missing");
        var logging = new LoggingPreferences();
        logging.enable(LogType.BROWSER, Level.ALL);
        var options = new ChromeOptions();
        options.setBinary(CHROMIUM.toFile());
        options.addArguments(
                "--headless=new",
                "--no-sandbox", // root may not have one
                "--disable-dev-shm-usage",
                "--hide-scrollbars",
                "--force-color-profile=srgb");
        options.setCapability(ChromeOptions.LOGGING_PREFS, logging);
        var service = new ChromeDriverService.Builder()
                .usingDriverExecutable(DRIVER.toFile())
                .build();
        return new Browser(new ChromeDriver(service, options));
    }

    /** Opens the page in a window of this size, in CSS pixels. */
    Browser visit(RunningPostmaster postmaster, int width, int height) {
        size(width, height);
        driver.get("http://localhost:" + postmaster.managementPort() + "/");
        return this;
    }

    void size(int width, int height) {
        tell(
                "Emulation.setDeviceMetricsOverride",
                Map.of("width", width, "height", height, "deviceScaleFactor", 1, "mobile", false));
    }

    /** What the user's system prefers: {@code light} or {@code dark}. */
    void prefer(String scheme) {
        tell(
                "Emulation.setEmulatedMedia",
                Map.of("features", List.of(Map.of("name", "prefers-color-scheme", "value", scheme))));
    }

    private Map<String, Object> tell(String command, Map<String, Object> parameters) {
        return driver.executeCdpCommand(command, parameters);
    }

    /** The value of an expression of the page's language. */
    Object evaluate(String expression) {
        return run("return " + expression);
    }

    /** What statements of the page's language return. */
    Object run(String statements) {
        return Objects.requireNonNull(((JavascriptExecutor) driver).executeScript(statements));
    }

    String text(String selector) {
        return (String) evaluate("document.querySelector('" + selector + "')?.textContent ?? ''");
    }

    void await(String what, String condition) {
        if (!Deadline.within(RunningPostmaster.PATIENCE, () -> Boolean.TRUE.equals(evaluate(condition)))) {
            throw new AssertionError(what + "; the page says:\n" + text("body") + "\n" + complaints());
        }
    }

    /** Waits until this phase is the one that is lit. */
    void awaitLit(String phase) {
        await(phase + " is lit", "document.querySelector('.node.lit')?.dataset.phase === '" + phase + "'");
    }

    WebElement element(String selector) {
        return driver.findElement(By.cssSelector(selector));
    }

    void press(Keys key) {
        driver.switchTo().activeElement().sendKeys(key);
    }

    String address() {
        return Objects.requireNonNull(driver.getCurrentUrl());
    }

    /** What the page has put into the console since it was last asked. */
    List<String> complaints() {
        return driver.manage().logs().get(LogType.BROWSER).getAll().stream()
                .map(Object::toString)
                .toList();
    }

    /** Writes down what is to be seen, as PNG. */
    void photograph(Path file) {
        try {
            Files.createDirectories(Objects.requireNonNull(file.getParent()));
            Map<String, Object> picture = tell("Page.captureScreenshot", Map.of("format", "png"));
            var seen = ImageIO.read(new ByteArrayInputStream(Base64.getDecoder().decode((String) picture.get("data"))));
            ImageIO.write(Palette.reduce(seen), "png", file.toFile());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        driver.quit();
    }
}
