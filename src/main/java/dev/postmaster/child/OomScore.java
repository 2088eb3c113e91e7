package dev.postmaster.child;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Map;

/**
 * Gives up the postmaster's protection against the kernel's out-of-memory killer: whoever protected it says with two
 * environment variables where a child writes what (CH-12, {@code fork_process.c}).
 */
final class OomScore {
    private OomScore() {}

    /** Every error is ignored: the child is worth having even so. */
    static void adjust(Map<String, String> environment) {
        String file = environment.get("PG_OOM_ADJUST_FILE");
        if (file == null) {
            return;
        }
        String value = environment.getOrDefault("PG_OOM_ADJUST_VALUE", "0");
        // Write-only and without O_CREAT: some security modules reject anything else.
        try (FileChannel channel = FileChannel.open(Path.of(file), StandardOpenOption.WRITE)) {
            channel.write(ByteBuffer.wrap(value.getBytes(StandardCharsets.UTF_8)));
        } catch (IOException | IllegalArgumentException ignored) {
            return;
        }
    }
}
