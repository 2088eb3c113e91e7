package dev.postmaster.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a service manager such as systemd is told in the life of a postmaster (DD-21, sd_notify(3)). */
class ServiceManagerIT {
    @TempDir
    private Path directory;

    @Test
    void itIsToldOfReadinessReloadsLifeAndTheStop() throws Exception {
        Path path = directory.resolve("notify");
        try (var socket = new NotifySocket(path);
                var postmaster =
                        RunningPostmaster.startUnder(List.of("env", "NOTIFY_SOCKET=" + path, "WATCHDOG_USEC=400000"))) {
            assertThat(socket.next(false)).isEqualTo("READY=1");
            assertThat(socket.next(true)).isEqualTo("WATCHDOG=1");
            assertThat(socket.next(true)).isEqualTo("WATCHDOG=1");

            postmaster.signal("HUP");
            assertThat(socket.next(false)).matches("RELOADING=1\nMONOTONIC_USEC=\\d+");
            assertThat(socket.next(false)).isEqualTo("READY=1");

            postmaster.signal("INT");
            assertThat(socket.next(false)).isEqualTo("STOPPING=1");
            assertThat(postmaster.awaitExit()).isZero();
        }
    }
}
