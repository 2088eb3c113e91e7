package dev.postmaster.os;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class PosixFdsTest {
    /** Where the JVM opens nothing: a number closed twice might be one of its jars by then. */
    private static final int FAR_FROM_THE_JVMS = 900;

    private final Os os = Os.open();
    private final Fds fds = os.fds();

    @Test
    void aPipeCarriesBytesIsCloseOnExecAndLeavesNothingOpen() {
        fds.pipe().close();
        var before = OpenFiles.ours();
        try (Pipe pipe = fds.pipe()) {
            assertThat(fds.isCloseOnExec(pipe.readEnd())).isTrue();
            assertThat(fds.isCloseOnExec(pipe.writeEnd())).isTrue();
            os.rawIo().writeFully(pipe.writeEnd(), new byte[] {1, 2, 3});
            byte[] buffer = new byte[8];
            assertThat(os.rawIo().read(pipe.readEnd(), buffer)).isEqualTo(3);
            assertThat(buffer).startsWith(1, 2, 3);
            assertThat(OpenFiles.oursSince(before)).hasSize(2);
        }
        assertThat(OpenFiles.oursSince(before)).isEmpty();
    }

    @Test
    void aDuplicateIsTheSameFileAtOrAboveTheMinimumAndCloseOnExec() {
        try (Pipe pipe = fds.pipe();
                Fd duplicate = fds.duplicate(pipe.readEnd(), 100)) {
            assertThat(duplicate.number()).isGreaterThanOrEqualTo(100);
            assertThat(OpenFiles.target(duplicate)).isEqualTo(OpenFiles.target(pipe.readEnd()));
            assertThat(fds.isCloseOnExec(duplicate)).isTrue();
        }
    }

    @Test
    void duplicatingToANumberReplacesWhatWasThereAndIsInheritable() {
        try (Pipe first = fds.pipe();
                Pipe second = fds.pipe();
                Fd place = fds.duplicate(first.readEnd(), 100)) {
            fds.duplicateTo(second.readEnd(), place.number());
            assertThat(OpenFiles.target(place)).isEqualTo(OpenFiles.target(second.readEnd()));
            assertThat(fds.isCloseOnExec(place)).isFalse();
            fds.duplicateTo(second.readEnd(), second.readEnd().number());
            assertThat(fds.isCloseOnExec(second.readEnd())).as("onto itself").isFalse();
        }
    }

    @Test
    void nonBlockingBelongsToTheFileAndCloseOnExecToTheDescriptor() {
        try (Pipe pipe = fds.pipe();
                Fd duplicate = fds.duplicate(pipe.readEnd(), 0)) {
            fds.setNonBlocking(pipe.readEnd(), true);
            fds.setCloseOnExec(pipe.readEnd(), false);
            assertThat(fds.isNonBlocking(duplicate)).isTrue();
            assertThat(fds.isCloseOnExec(duplicate)).isTrue();
            fds.setNonBlocking(duplicate, false);
            assertThat(fds.isNonBlocking(pipe.readEnd())).isFalse();
        }
    }

    @Test
    void theNullDeviceTakesEverythingAndIsAtItsEnd() {
        try (Fd nullDevice = fds.openNull()) {
            os.rawIo().writeFully(nullDevice, new byte[10_000]);
            assertThat(os.rawIo().read(nullDevice, new byte[1])).isZero();
        }
    }

    @Test
    void onlyAnOpenDescriptorCanBeAdopted() {
        int number;
        try (Fd nullDevice = fds.openNull()) {
            number = fds.duplicate(nullDevice, FAR_FROM_THE_JVMS).release();
            fds.adopt(number).close();
        }
        assertThatExceptionOfType(OsException.class)
                .isThrownBy(() -> fds.adopt(number))
                .satisfies(e -> assertThat(e.errno()).isEqualTo(Errno.EBADF));
    }

    @Test
    void closingWhatSomebodyElseClosedIsReported() {
        try (Fd nullDevice = fds.openNull()) {
            Fd fd = fds.duplicate(nullDevice, FAR_FROM_THE_JVMS);
            fds.adopt(fd.number()).close();
            assertThatExceptionOfType(OsException.class)
                    .isThrownBy(fd::close)
                    .withMessage("close: Bad file descriptor");
        }
    }

    @Test
    void aPipeTellsHowFullItIsAndAFileIsNeverFull() {
        Os os = Os.open();
        try (Pipe pipe = os.fds().pipe();
                Fd nullDevice = os.fds().openNull()) {
            assertThat(os.fds().fill(pipe.writeEnd())).isZero();
            os.rawIo().writeFully(pipe.writeEnd(), new byte[1 << 15]);
            assertThat(os.fds().fill(pipe.writeEnd())).isEqualTo(0.5);
            assertThat(os.fds().fill(pipe.readEnd())).isEqualTo(0.5);
            assertThat(os.fds().fill(nullDevice)).isZero();
        }
    }
}
