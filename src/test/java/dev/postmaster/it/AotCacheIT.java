package dev.postmaster.it;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The AOT caches in a copy of the program: used where they fit, and else passed over without a word. */
class AotCacheIT {
    private static final List<String> CACHES = List.of("postmaster.aot", "child.aot");
    private static final Path BUILT = Path.of("target/quarkus-app").toAbsolutePath();

    /** Runs the command that follows, with the second path wherever it has the first. */
    private static final String ELSEWHERE = "from=$1 to=$2; shift 2; exec \"${@//$from/$to}\"";

    @TempDir
    private Path directory;

    private Path program;

    /** Why a cache does not fit. */
    enum Misfit {
        OTHER_JDK,
        CUT_SHORT,
        NO_CACHE,
        EMPTY;

        void spoil(Path cache) throws IOException {
            String before = Files.readString(cache, ISO_8859_1);
            String after = spoilt(before);
            assertThat(after.equals(before)).isFalse();
            Files.writeString(cache, after, ISO_8859_1);
        }

        /** Each byte a character. The header says which JVM made it. */
        private String spoilt(String cache) {
            return switch (this) {
                case OTHER_JDK ->
                    cache.replaceFirst(" VM \\(" + Runtime.version().feature(), " VM (99");
                case CUT_SHORT -> cache.substring(0, cache.length() / 2);
                case NO_CACHE -> "something else";
                case EMPTY -> "";
            };
        }
    }

    @BeforeEach
    void copyWithTheTimesOfFiles() throws IOException {
        program = Files.createDirectories(directory.resolve("target")).resolve("quarkus-app");
        run("cp", "-a", BUILT.toString(), program.toString());
    }

    private static void run(String... command) {
        Outcome outcome = Outcome.of(new ProcessBuilder(command));
        assertThat(outcome.status()).as(outcome.err()).isZero();
    }

    private RunningPostmaster startCopy() {
        return RunningPostmaster.startUnder(
                List.of("bash", "-c", ELSEWHERE, "bash", BUILT.toString(), program.toString()));
    }

    @Test
    void areUsedWhereverTheProgramLies() throws SQLException {
        try (var postmaster = startCopy();
                Connection client = postmaster.connect()) {
            assertThat(Proc.mapsOf(postmaster.pid())).contains(program + "/postmaster.aot");
            assertThat(Proc.mapsOf(RunningPostmaster.backendPid(client))).contains(program + "/child.aot");
        }
    }

    @ParameterizedTest
    @EnumSource
    void arePassedOverWithoutAWordIfTheyAreOfNoUse(Misfit misfit) throws Exception {
        for (String cache : CACHES) {
            misfit.spoil(program.resolve(cache));
        }

        try (var postmaster = startCopy();
                Connection client = postmaster.connect()) {
            int backend = RunningPostmaster.backendPid(client);
            assertThat(Proc.mapsOf(postmaster.pid())).isNotEmpty().doesNotContain(".aot");
            assertThat(Proc.mapsOf(backend)).isNotEmpty().doesNotContain(".aot");
            assertThat(Proc.commandLine(backend)).contains(program.toString()).doesNotContain(BUILT.toString());
            assertSaysNothingOfCaches(postmaster);
        }
    }

    private static void assertSaysNothingOfCaches(RunningPostmaster postmaster) {
        assertThat(postmaster.log()).as("only lines of ours").allMatch(line -> line.matches("\\d{4}-.* LOG: .*"));
    }

    /** The JVM maps them still, for what is its own. */
    @Test
    void areNoTroubleIfTheJarsAreOthers() throws SQLException {
        run("find", program.toString(), "-name", "*.jar", "-exec", "touch", "{}", "+");

        try (var postmaster = startCopy();
                Connection client = postmaster.connect()) {
            assertThat(client.isValid(30)).isTrue();
            assertSaysNothingOfCaches(postmaster);
        }
    }

    @Test
    void areMadeAnewByBinRunForAnotherJdk() throws IOException {
        pretendThatThisIsTheSource();
        Path madeBy = program.resolve("aot.release");
        String ours = Files.readString(madeBy);
        Files.writeString(madeBy, "another");
        Files.delete(program.resolve("child.aot"));

        assertThat(askForTheVersion()).contains("making AOT caches");
        assertThat(madeBy).hasContent(ours);
        assertThat(CACHES).allMatch(cache -> Files.isRegularFile(program.resolve(cache)));
        assertThat(askForTheVersion()).isEmpty();
    }

    /** Older than the program, so that there is nothing to build. */
    private void pretendThatThisIsTheSource() throws IOException {
        run("cp", "-r", "bin", directory.toString());
        Path source = Files.createDirectories(directory.resolve("src/main"));
        Path pom = Files.createFile(directory.resolve("pom.xml"));
        for (Path file : List.of(source, pom)) {
            Files.setLastModifiedTime(file, FileTime.from(Instant.EPOCH));
        }
    }

    /** What it says besides. */
    private String askForTheVersion() {
        Outcome outcome =
                Outcome.of(new ProcessBuilder(directory.resolve("bin/run").toString(), "--version"));
        assertThat(outcome.out()).startsWith("Postmaster ");
        return outcome.err();
    }
}
