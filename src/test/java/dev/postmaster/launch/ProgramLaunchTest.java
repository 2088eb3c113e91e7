package dev.postmaster.launch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.postmaster.core.ExitStatus;
import dev.postmaster.os.Errno;
import dev.postmaster.os.Fd;
import dev.postmaster.os.LaunchResult;
import dev.postmaster.os.Launcher;
import dev.postmaster.os.SocketPair;
import dev.postmaster.report.Report;
import dev.postmaster.report.ReportException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a program that is none of ours finds when it is born. */
class ProgramLaunchTest {
    private static final ChildProgram OURS = ChildProgram.jvm(
            new ChildJvm(Path.of("/nowhere"), List.of(), Path.of("/nowhere"), List.of()),
            Map.of(
                    "PATH", "/usr/bin:/bin",
                    "POSTMASTER_LINEAGE", "4711.1",
                    "JAVA_TOOL_OPTIONS", "-Dours=1",
                    "NOTIFY_SOCKET", "/run/notify",
                    "SAMPLE", "passed on"));

    @TempDir
    Path dataDirectory;

    private Nursery nursery;
    private Fd nullDevice;

    @BeforeEach
    void open() throws Exception {
        nursery = new Nursery(dataDirectory, Map.of());
        nullDevice = nursery.os().fds().openNull();
    }

    @AfterEach
    void close() {
        nullDevice.close();
        nursery.close();
    }

    @Test
    void itsArgumentsAreWordsForNobodyElse() {
        assertThat(output(Program.of(List.of("printf", "[%s]", "two words", "$HOME", "*", "", "a'b\"c"))))
                .isEqualTo("[two words][$HOME][*][][a'b\"c]");
    }

    @Test
    void itsOwnNameIsTheFirstArgumentAndItsProcessTheOneLaunched() {
        try (LaunchedChild child = run(shell("tr '\\0' ' ' </proc/$$/cmdline; echo; echo $$"), null)) {
            List<String> lines = child.outputToTheEnd().lines().toList();
            assertThat(lines.getFirst()).startsWith("sh -c tr ");
            assertThat(lines.getLast()).isEqualTo(child.pid().toString());
            assertThat(child.exitStatus()).isEqualTo(new ExitStatus.Code(0));
        }
    }

    @Test
    void itsEnvironmentIsThatOfTheChildrenWithoutWhatIsForUsAndWithItsOwn() {
        Program env = Program.of(List.of("env")).with(List.of("SAMPLE=its own", "EMPTY=", "EQUALS=a=b"));
        assertThat(output(env).lines())
                .containsExactlyInAnyOrder(
                        "PATH=/usr/bin:/bin", "POSTMASTER_LINEAGE=4711.1", "SAMPLE=its own", "EMPTY=", "EQUALS=a=b");
    }

    @Test
    void itHasStandardStreamsAndNoOtherDescriptor() {
        assertThat(output(shell("ls /proc/$$/fd")).lines()).containsExactly("0", "1", "2");
    }

    @Test
    void noSignalIsBlockedOrIgnored() {
        List<String> grep = List.of("grep", "-e", "SigBlk", "-e", "SigIgn", "/proc/self/status");
        assertThat(output(Program.of(grep)).lines().map(line -> line.split("\t", -1)[1]))
                .containsExactly("0000000000000000", "0000000000000000");
    }

    @Test
    void itLeadsASessionAndLivesInTheDataDirectoryOrItsOwn() throws Exception {
        Path own = Files.createDirectory(dataDirectory.resolve("own"));
        try (LaunchedChild child = run(shell("pwd; cut -d' ' -f6 /proc/$$/stat"), null)) {
            assertThat(child.outputToTheEnd()).isEqualTo(dataDirectory + "\n" + child.pid() + "\n");
        }
        assertThat(output(in(Path.of("own"), "pwd"))).isEqualTo(own + "\n");
        assertThat(output(in(Path.of("/"), "pwd"))).isEqualTo("/\n");
    }

    @Test
    void aProgramWithASlashIsFoundFromItsDirectory() throws Exception {
        Path script = Files.writeString(dataDirectory.resolve("here"), "#!/bin/sh\necho found\n");
        assertThat(script.toFile().setExecutable(true)).isTrue();
        assertThat(output(Program.of(List.of("./here")))).isEqualTo("found\n");
    }

    @Test
    void limitsAreTheProgramsOwn() {
        var program = new Program(
                List.of("grep", "-e", "open files", "-e", "processes", "/proc/self/limits"),
                List.of(),
                null,
                "",
                List.of("nofile=64", "nproc=100:200"));
        assertThat(output(program).lines().map(line -> line.replaceAll(" +", " ")))
                .containsExactly("Max processes 100 200 processes ", "Max open files 64 64 files ");
    }

    @Test
    void anotherUserHasItsGroupsAndHome() {
        assumeTrue(System.getProperty("user.name").equals("root"), "only root can be somebody else");
        assertThat(output(as("daemon", "id; echo $USER $LOGNAME $HOME")))
                .isEqualTo("uid=1(daemon) gid=1(daemon) groups=1(daemon)\ndaemon daemon /usr/sbin\n");
        assertThat(output(as("daemon:games", "id -gn"))).isEqualTo("games\n");
        assertThat(output(as("54321:54322", "id -u; id -g; id -G"))).isEqualTo("54321\n54322\n54322\n");
    }

    /** sd_listen_fds looks at these variables, and takes nothing if the number is not its own. */
    @Test
    void aSocketIsDescriptorThreeAndAnnouncedToTheProcessThatItIsFor() {
        String script = "echo $LISTEN_FDS $LISTEN_FDNAMES $LISTEN_PID; ls /proc/$$/fd; readlink /proc/$$/fd/3";
        try (SocketPair pair = nursery.os().sockets().pair(SocketPair.Kind.STREAM);
                LaunchedChild child = run(shell(script), pair.nearEnd())) {
            List<String> lines = child.outputToTheEnd().lines().toList();
            assertThat(lines).startsWith("1 connection " + child.pid(), "0", "1", "2", "3");
            assertThat(lines.getLast()).startsWith("socket:");
        }
    }

    @Test
    void aMissingProgramIsRefused() {
        Launcher kernel = nursery.os().launcher();
        for (String name : List.of("no-such-program", "/nowhere/program", "./here", ".")) {
            assertThat(launch(kernel, Program.of(List.of(name)), null))
                    .isEqualTo(new LaunchResult.Refused(Errno.ENOENT));
        }
    }

    @Test
    void aProgramThatNobodyMayRunIsRefusedForThat() throws IOException {
        Path plain = Files.writeString(dataDirectory.resolve("plain"), "#!/bin/sh\n");
        var inPath = new Program(List.of("plain"), List.of("PATH=" + dataDirectory), null, "", List.of());
        Launcher kernel = nursery.os().launcher();
        for (Program program : List.of(Program.of(List.of(plain.toString())), Program.of(List.of("./plain")), inPath)) {
            assertThat(launch(kernel, program, null)).isEqualTo(new LaunchResult.Refused(Errno.EACCES));
        }
    }

    @Test
    void aMissingDirectoryIsNamed() throws IOException {
        Path nowhere = dataDirectory.resolve("nowhere");
        assertThat(objection(in(nowhere, "true")).message())
                .isEqualTo("could not start program \"true\": could not change directory to \"" + nowhere
                        + "\": No such file or directory");
        Path file = Files.createFile(dataDirectory.resolve("file"));
        assertThat(objection(in(file, "true")).message()).endsWith("to \"" + file + "\": Not a directory");
    }

    @Test
    void aMissingToolIsNamedWithItsPackage() {
        var limited = new Program(List.of("/bin/true"), List.of("PATH=/nowhere"), null, "", List.of("nofile=64"));
        assertThat(objection(limited).message())
                .isEqualTo("could not give limits to program \"/bin/true\": \"prlimit\" is missing");
        assertThat(objection(limited).hint()).isEqualTo("It comes with util-linux.");
        var another = new Program(List.of("/bin/true"), List.of("PATH=/nowhere"), null, "daemon", List.of());
        assertThat(objection(another).message())
                .isEqualTo("could not give a user to program \"/bin/true\": \"setpriv\" is missing");
    }

    @Test
    void anUnknownUserIsNamed() {
        assertThat(objection(as("nobody-knows", "true")).message()).isEqualTo("user \"nobody-knows\" does not exist");
    }

    @Test
    void withoutToolsAProgramRunsAllTheSame() {
        var bare = new Program(List.of("/bin/echo", "hello"), List.of("PATH=/nowhere"), null, "", List.of());
        assertThat(output(bare)).isEqualTo("hello\n");
    }

    @Test
    void aLineThatSetsNoVariableIsNoEnvironment() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Program.of(List.of("env")).with(List.of("=x")));
    }

    private static Program shell(String script) {
        return Program.of(List.of("sh", "-c", script));
    }

    private static Program as(String user, String script) {
        return new Program(List.of("sh", "-c", script), List.of(), Path.of("/"), user, List.of());
    }

    private static Program in(Path directory, String program) {
        return new Program(List.of(program), List.of(), directory, "", List.of());
    }

    private Report objection(Program program) {
        return catchThrowableOfType(
                        ReportException.class, () -> launch(nursery.os().launcher(), program, null))
                .report();
    }

    private String output(Program program) {
        try (LaunchedChild child = run(program, null)) {
            return child.outputToTheEnd();
        }
    }

    private LaunchedChild run(Program program, @Nullable Fd socket) {
        return nursery.listen(launcher -> launch(launcher, program, socket));
    }

    private LaunchResult launch(Launcher launcher, Program program, @Nullable Fd socket) {
        var children = new ChildLauncher(launcher, OURS, nursery.carrier(), nullDevice);
        children.standOn(nursery.ground());
        return children.launchProgram(program, new ProgramStreams(nullDevice, nullDevice, nullDevice, socket));
    }
}
