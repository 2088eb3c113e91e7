package dev.postmaster.fuzz;

import dev.postmaster.auth.hba.HbaFuzz;
import dev.postmaster.auth.scram.ScramFuzz;
import dev.postmaster.cluster.ControlFileFuzz;
import dev.postmaster.launch.ParameterBlockFuzz;
import dev.postmaster.wire.SessionFuzz;
import dev.postmaster.wire.StartupFuzz;
import java.nio.file.Path;
import java.util.Locale;

/** All that reads what others wrote, and that a fuzzer feeds with what nobody would write. */
public enum FuzzTarget {
    STARTUP(StartupFuzz.class),
    SESSION(SessionFuzz.class),
    SCRAM(ScramFuzz.class),
    HBA(HbaFuzz.class),
    PARAMETER_BLOCK(ParameterBlockFuzz.class),
    CONTROL_FILE(ControlFileFuzz.class);

    private final Class<?> type;

    FuzzTarget(Class<?> type) {
        this.type = type;
    }

    /** What Jazzer is to call. */
    public Class<?> type() {
        return type;
    }

    /** Runs one input, as Jazzer does; whatever is thrown is a finding. */
    public void run(byte[] input) throws ReflectiveOperationException {
        type.getMethod("fuzzerTestOneInput", byte[].class).invoke(null, (Object) input);
    }

    /** Inputs to begin with: what is right, what is almost right, and what has been found. */
    public Path corpus() {
        return Path.of("src/test/resources/fuzz")
                .resolve(name().toLowerCase(Locale.ROOT))
                .toAbsolutePath();
    }
}
