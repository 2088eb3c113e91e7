package dev.postmaster.launch;

import dev.postmaster.config.SettingSources;
import dev.postmaster.shmem.SegmentIdentity;
import java.nio.file.Path;
import java.util.Map;

/** Parameter blocks for tests. */
public final class Blocks {
    static final CommonParameters COMMON = new CommonParameters(
            new CommonParameters.Paths("/data", "/usr/bin/java", "/app"),
            new CommonParameters.Postmaster(4711, 1_700_000_000_000_001L, 1_700_000_000_000_002L),
            new CommonParameters.Logging(true, 1_700_000_000L),
            new CommonParameters.Configuration(
                    Map.of("port", "6543", "log_min_messages", "debug1"),
                    new SettingSources(Map.of("port", "6543"), Path.of("/data/postmaster.conf"), true, Map.of())));

    private Blocks() {}

    static BackendStartup backendStartup(byte[] firstBytes) {
        byte[] key = new byte[BackendStartup.CANCEL_KEY_BYTES];
        for (int i = 0; i < key.length; i++) {
            key[i] = (byte) (i + 1);
        }
        return new BackendStartup(key, 1_700_000_000_000_003L, "127.0.0.1", 50000, firstBytes);
    }

    static ParameterBlock of(StartupData startupData) {
        SegmentIdentity segment = startupData instanceof SysLoggerStartup ? null : new SegmentIdentity(4096, 2, 4711);
        return new ParameterBlock(
                COMMON, new ParameterBlock.Own(7, startupData instanceof BackendStartup, false, segment), startupData);
    }
}
