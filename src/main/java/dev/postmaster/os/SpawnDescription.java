package dev.postmaster.os;

import static dev.postmaster.os.Calls.checkCode;

import com.sun.jna.Memory;
import com.sun.jna.Pointer;
import dev.postmaster.os.SpawnPlan.Inherited;

/** A spawn plan in the C library's form. */
final class SpawnDescription implements AutoCloseable {
    private static final short FLAGS =
            SpawnC.POSIX_SPAWN_SETSID | SpawnC.POSIX_SPAWN_SETSIGMASK | SpawnC.POSIX_SPAWN_SETSIGDEF;
    private static final SignalSet ALL_SIGNALS = new SignalSet(-1);

    private final Memory block = new Memory(SpawnC.ATTRIBUTES_SIZE + SpawnC.FILE_ACTIONS_SIZE);
    private final Pointer attributes = block.share(0);
    private final Pointer fileActions = block.share(SpawnC.ATTRIBUTES_SIZE);

    private final NativeStrings argv;
    private final NativeStrings environment;

    SpawnDescription(SpawnPlan plan) {
        argv = new NativeStrings(plan.arguments());
        environment = new NativeStrings(plan.environment());
        checkCode("posix_spawnattr_init", SpawnC.attrInit(attributes));
        checkCode("posix_spawn_file_actions_init", SpawnC.actionsInit(fileActions));
        try {
            describeSignals(plan.blocked());
            describeFiles(plan);
        } catch (RuntimeException e) {
            close();
            throw e;
        }
    }

    Pointer attributes() {
        return attributes;
    }

    Pointer fileActions() {
        return fileActions;
    }

    Pointer argv() {
        return argv.array();
    }

    Pointer environment() {
        return environment.array();
    }

    private void describeSignals(SignalSet blocked) {
        checkCode("posix_spawnattr_setflags", SpawnC.attrSetFlags(attributes, FLAGS));
        checkCode("posix_spawnattr_setsigmask", SpawnC.attrSetSigMask(attributes, blocked.toNative()));
        checkCode("posix_spawnattr_setsigdefault", SpawnC.attrSetSigDefault(attributes, ALL_SIGNALS.toNative()));
    }

    private void describeFiles(SpawnPlan plan) {
        if (plan.directory() != null) {
            byte[] directory = Calls.cString(plan.directory().toString());
            checkCode("posix_spawn_file_actions_addchdir_np", SpawnC.actionsChdir(fileActions, directory));
        }
        DescriptorMoves moves = DescriptorMoves.of(plan.descriptors());
        for (Inherited copy : moves.copies()) {
            checkCode(
                    "posix_spawn_file_actions_adddup2", SpawnC.actionsDup2(fileActions, copy.source(), copy.target()));
        }
        for (int gap : moves.gaps()) {
            checkCode("posix_spawn_file_actions_addclose", SpawnC.actionsClose(fileActions, gap));
        }
        checkCode("posix_spawn_file_actions_addclosefrom_np", SpawnC.actionsCloseFrom(fileActions, moves.end()));
    }

    @Override
    public void close() {
        SpawnC.actionsDestroy(fileActions);
        SpawnC.attrDestroy(attributes);
        block.close();
        environment.close();
        argv.close();
    }
}
