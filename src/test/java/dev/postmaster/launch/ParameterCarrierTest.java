package dev.postmaster.launch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.postmaster.core.ChildKind;
import dev.postmaster.os.Errno;
import dev.postmaster.os.MemfdResult;
import dev.postmaster.os.Memfds;
import dev.postmaster.os.Os;
import dev.postmaster.os.Pid;
import dev.postmaster.os.SpawnPlan;
import dev.postmaster.report.Report;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** CH-3..CH-9, CH-27, Q-7: one contract for both ways to carry the parameter block. */
class ParameterCarrierTest {
    private static final Pid CHILD = new Pid(4242);

    private final Os os = Os.open();
    private final List<Report> log = new ArrayList<>();

    @TempDir
    Path dataDirectory;

    /** Both carriers, and the fall from one to the other. */
    enum Way {
        MEMFD,
        FILE,
        FILE_WHERE_MEMFD_IS_REFUSED
    }

    private ParameterCarrier carrier(Way way) {
        TempFileCarrier file = new TempFileCarrier(dataDirectory, 4711, log::add);
        return switch (way) {
            case MEMFD -> new MemfdCarrier(os.memfds(), file);
            case FILE -> file;
            case FILE_WHERE_MEMFD_IS_REFUSED -> new MemfdCarrier(new NoMemfds(), file);
        };
    }

    @ParameterizedTest
    @EnumSource
    void aChildTakesTheWholeBlockAndNothingIsLeft(Way way) throws Exception {
        ParameterBlock block = Blocks.of(Blocks.backendStartup(new byte[100_000]));
        ParameterCarrier carrier = carrier(way);
        try (ParameterCarrier.Parcel parcel = stored(carrier, block)) {
            assertThat(inChild(parcel).take(ChildKind.BACKEND, argumentInThisProcess(parcel)))
                    .isEqualTo(block);
            parcel.takenBy(CHILD);
        }
        carrier.childEnded(CHILD);
        assertThat(leftovers()).isEmpty();
        assertThat(log).isEmpty();
    }

    @ParameterizedTest
    @EnumSource
    void aRefusedLaunchLeavesNothing(Way way) throws Exception {
        stored(carrier(way), Blocks.of(StartupData.NONE)).close();
        assertThat(leftovers()).isEmpty();
    }

    @ParameterizedTest
    @EnumSource
    void aChildThatDiesBeforeItTookTheBlockLeavesNothing(Way way) throws Exception {
        ParameterCarrier carrier = carrier(way);
        try (ParameterCarrier.Parcel parcel = stored(carrier, Blocks.of(StartupData.NONE))) {
            parcel.takenBy(CHILD);
        }
        carrier.childEnded(CHILD);
        assertThat(leftovers()).isEmpty();
    }

    @Test
    void theFileHasTheSeedsNameAndIsForTheOwnerOnly() throws Exception {
        TempFileCarrier carrier = new TempFileCarrier(dataDirectory, 4711, log::add);
        try (ParameterCarrier.Parcel first = stored(carrier, Blocks.of(StartupData.NONE));
                ParameterCarrier.Parcel second = stored(carrier, Blocks.of(StartupData.NONE))) {
            assertThat(first.argument()).isEqualTo("pgsql_tmp/pgsql_tmp.backend_var.4711.1");
            assertThat(second.argument()).isEqualTo("pgsql_tmp/pgsql_tmp.backend_var.4711.2");
            assertThat(Files.getPosixFilePermissions(dataDirectory.resolve(first.argument())))
                    .isEqualTo(PosixFilePermissions.fromString("rw-------"));
        }
    }

    /** CH-7: after the second failure it is told and refused. */
    @Test
    void aFileThatCannotBeMadeIsLoggedAndRefused() throws Exception {
        Files.createFile(dataDirectory.resolve("pgsql_tmp"));
        assertThat(carrier(Way.FILE).carry(new byte[1])).isEqualTo(new ParameterCarrier.Result.Refused(Errno.ENOTDIR));
        assertThat(log)
                .extracting(Report::message)
                .containsExactly("could not create file \"pgsql_tmp/pgsql_tmp.backend_var.4711.1\": Not a directory");
    }

    @Test
    void aBlockThatIsNotThereIsTold() {
        ParameterSource source = new ParameterSource(os.fds(), os.rawIo());
        assertThatExceptionOfType(ParameterSourceException.class)
                .isThrownBy(() -> source.take(ChildKind.STARTUP, "9999"))
                .withMessage("could not open backend variables file \"9999\": Bad file descriptor");
        assertThatExceptionOfType(ParameterSourceException.class)
                .isThrownBy(() -> source.take(ChildKind.STARTUP, dataDirectory + "/none"))
                .withMessage("could not open backend variables file \"" + dataDirectory
                        + "/none\": No such file or directory");
    }

    @Test
    void aShortBlockIsToldWithThePartThatIsMissing() throws Exception {
        byte[] bytes = ParameterCodec.encode(Blocks.of(Blocks.backendStartup(new byte[10])));
        assertThat(complaintAbout(java.util.Arrays.copyOf(bytes, 30)))
                .startsWith("could not read from backend variables file")
                .endsWith(": unexpected end of file");
        assertThat(complaintAbout(java.util.Arrays.copyOf(bytes, bytes.length - 1)))
                .startsWith("could not read startup data from backend variables file")
                .endsWith(": unexpected end of file");
    }

    private String complaintAbout(byte[] bytes) throws IOException {
        Path file = Files.write(dataDirectory.resolve("block"), bytes);
        ParameterSource source = new ParameterSource(os.fds(), os.rawIo());
        try {
            source.take(ChildKind.BACKEND, file.toString());
            return "";
        } catch (ParameterSourceException e) {
            return String.valueOf(e.getMessage());
        }
    }

    private static ParameterCarrier.Parcel stored(ParameterCarrier carrier, ParameterBlock block) {
        return switch (carrier.carry(ParameterCodec.encode(block))) {
            case ParameterCarrier.Result.Stored(var parcel) -> parcel;
            case ParameterCarrier.Result.Refused(var errno) -> throw new AssertionError(errno.message());
        };
    }

    private ParameterSource inChild(ParameterCarrier.Parcel parcel) {
        assertThat(parcel.argument()).isNotEmpty();
        return new ParameterSource(os.fds(), os.rawIo());
    }

    /** What the argument would be if this process were the child: its numbers are those of the plan's sources. */
    private String argumentInThisProcess(ParameterCarrier.Parcel parcel) {
        List<SpawnPlan.Inherited> inherited =
                parcel.addTo(SpawnPlan.of("x", List.of("x"))).descriptors();
        if (inherited.isEmpty()) {
            return dataDirectory.resolve(parcel.argument()).toString();
        }
        assertThat(inherited.getFirst().target()).isEqualTo(ChildDescriptors.PARAMETER_BLOCK);
        assertThat(parcel.argument()).isEqualTo("6");
        int source = inherited.getFirst().source();
        try (var original = os.fds().adopt(source)) {
            int copy = os.fds().duplicate(original, 100).release();
            original.release();
            return Integer.toString(copy);
        }
    }

    private List<Path> leftovers() throws IOException {
        try (var files = Files.walk(dataDirectory)) {
            return files.filter(Files::isRegularFile).toList();
        }
    }

    private static final class NoMemfds implements Memfds {
        @Override
        public MemfdResult sealed(String name, byte[] content) {
            return new MemfdResult.Refused(Errno.EPERM);
        }

        @Override
        public MemfdResult shared(String name, long size) {
            return new MemfdResult.Refused(Errno.EPERM);
        }
    }
}
