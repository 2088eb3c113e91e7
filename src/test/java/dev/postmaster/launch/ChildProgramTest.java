package dev.postmaster.launch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.postmaster.core.ChildKind;
import dev.postmaster.report.ReportException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** N-3, N-7: the JVM that a child runs on. */
class ChildProgramTest {
    @TempDir
    Path home;

    @Test
    void aChildHasItsOwnOptionsThenTheAdministratorsAndThreeJars() {
        ChildProgram program = program(Map.of());
        assertThat(program.executable()).isEqualTo("/jdk/bin/java");
        assertThat(program.argumentsOf(ChildKind.BACKEND))
                .startsWith("-Xrs")
                .containsSubsequence("-Xmx256m", "-Xmx1g")
                .as("out of memory is an error of a session, neither a crash nor an exit status with another meaning")
                .noneMatch(argument -> argument.contains("OutOfMemoryError"))
                .endsWith("-cp", "/app/postmaster.jar:/lib/jna.jar:/lib/sqlite.jar", "dev.postmaster.Main");
    }

    @Test
    void theSysloggerAloneHasTheCompilerThatPaysOffLater() {
        String cheap = "-XX:TieredStopAtLevel=1";
        assertThat(program(Map.of()).argumentsOf(ChildKind.BACKEND)).contains(cheap);
        assertThat(program(Map.of()).argumentsOf(ChildKind.SYSLOGGER)).doesNotContain(cheap);
    }

    @Test
    void unpackedLibrariesAndAnAotCacheAreUsedWhenTheyAreThere() throws Exception {
        assertThat(program(Map.of()).argumentsOf(ChildKind.BACKEND))
                .noneMatch(argument -> argument.contains(home.toString()));
        Files.createDirectory(home.resolve("native"));
        Files.createFile(home.resolve("child.aot"));
        assertThat(program(Map.of()).argumentsOf(ChildKind.BACKEND))
                .contains(
                        "-Djna.boot.library.path=" + home + "/native",
                        "-Djna.nounpack=true",
                        "-Dorg.sqlite.lib.path=" + home + "/native",
                        "-XX:AOTCache=" + home + "/child.aot")
                // The JVM refuses to start with both.
                .noneMatch(argument -> argument.startsWith("-Xshare"));
    }

    @Test
    void optionsMeantForThePostmastersJvmDoNotReachAChild() {
        assertThat(program(Map.of("LANG", "C", "JAVA_TOOL_OPTIONS", "-Xmx8g", "JDK_JAVA_OPTIONS", "-ea"))
                        .environment())
                .containsExactly("LANG=C", "_JAVA_SR_SIGNUM=60");
    }

    @Test
    void aNativeChildIsTheSameExecutable() {
        ChildProgram program = ChildProgram.nativeImage(Map.of("LANG", "C"));
        assertThat(program.executable()).isEqualTo("/proc/self/exe");
        assertThat(program.argumentsOf(ChildKind.BACKEND)).containsExactly("-Xmx256m");
    }

    @Test
    void theInstallationOfANativeImageNeedsNoJars() {
        var empty = new Installation(home);
        assertThatThrownBy(() -> empty.children(List.of())).isInstanceOf(ReportException.class);
        System.setProperty(NativeImage.CODE, "runtime");
        try {
            assertThat(empty.children(List.of()).apply(Map.of()).executable()).isEqualTo("/proc/self/exe");
        } finally {
            System.clearProperty(NativeImage.CODE);
        }
        assertThat(NativeImage.isRunning()).isFalse();
    }

    @Test
    void aNativeImageFindsTheSameLibrariesAsAJvm() throws Exception {
        Path libraries = Files.createDirectory(home.resolve("native"));
        assertThat(NativeImage.libraryProperties(libraries).entrySet().stream()
                        .map(property -> "-D" + property.getKey() + "=" + property.getValue()))
                .containsAll(program(Map.of()).argumentsOf(ChildKind.BACKEND).stream()
                        .filter(argument -> argument.startsWith("-Djna") || argument.startsWith("-Dorg.sqlite"))
                        .toList());
    }

    private ChildProgram program(Map<String, String> environment) {
        List<Path> jars = List.of(Path.of("/app/postmaster.jar"), Path.of("/lib/jna.jar"), Path.of("/lib/sqlite.jar"));
        return ChildProgram.jvm(new ChildJvm(Path.of("/jdk"), jars, home, List.of("-Xmx1g")), environment);
    }
}
