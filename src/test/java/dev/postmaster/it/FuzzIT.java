package dev.postmaster.it;

import static org.assertj.core.api.Assertions.assertThat;

import dev.postmaster.fuzz.FuzzTarget;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Half a minute of fuzzing for each target, two at a time; {@code bin/test fuzz --minutes 10} is the long form. What is
 * found is left in {@code target/fuzz}, to be mended and to be put into the corpus.
 */
class FuzzIT {
    private static final int SECONDS = Integer.getInteger("fuzz.seconds", 30);

    /** An input that takes longer, in seconds, counts as one that hangs; a process that takes more, in MB, as a leak. */
    private static final int SECONDS_PER_INPUT = 10;

    private static final int MEGABYTES = 1024;

    /** What Jazzer takes for an attack is what {@code pg_hba.conf} is for: to include files, and to match patterns. */
    private static final String MEANT_TO_BE = "com.code_intelligence.jazzer.sanitizers.FilePathTraversal"
            + ":com.code_intelligence.jazzer.sanitizers.RegexInjection";

    @TempDir
    private Path scratch;

    @ParameterizedTest
    @EnumSource
    @Execution(ExecutionMode.CONCURRENT)
    void nothingThatComesInCrashesHangsOrLeaks(FuzzTarget target) throws Exception {
        Path found = Files.createDirectories(
                Path.of("target/fuzz", target.corpus().getFileName().toString()).toAbsolutePath());
        Path output = found.resolve("output");
        Process jazzer = new ProcessBuilder(command(target, found))
                .directory(scratch.toFile())
                .redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .start();
        try {
            int status = jazzer.waitFor();
            List<String> lines = Files.readAllLines(output, StandardCharsets.ISO_8859_1);
            assertThat(status).as(() -> String.join("\n", lines)).isZero();
            lines.stream()
                    .filter(line -> line.startsWith("Done ") || line.contains("peak_rss_mb"))
                    .forEach(line -> System.out.println("fuzz: " + target + ": " + line));
        } finally {
            jazzer.destroyForcibly();
        }
    }

    private List<String> command(FuzzTarget target, Path found) throws IOException {
        Path grown = Files.createDirectories(found.resolve("corpus"));
        return List.of(
                ProcessHandle.current().info().command().orElseThrow(),
                "-XX:+EnableDynamicAgentLoading",
                "--enable-native-access=ALL-UNNAMED",
                "-Xmx256m",
                "-Djava.io.tmpdir=" + scratch,
                "-cp",
                System.getProperty("java.class.path"),
                "com.code_intelligence.jazzer.Jazzer",
                "--target_class=" + target.type().getName(),
                "--instrumentation_includes=dev.postmaster.**",
                "--disabled_hooks=" + MEANT_TO_BE,
                "--reproducer_path=" + found,
                "-artifact_prefix=" + found + "/",
                "-max_total_time=" + SECONDS,
                "-timeout=" + SECONDS_PER_INPUT,
                "-rss_limit_mb=" + MEGABYTES,
                "-print_final_stats=1",
                grown.toString(),
                target.corpus().toString());
    }
}
