package dev.postmaster.os;

import static dev.postmaster.os.CFunction.named;

import com.sun.jna.Pointer;

/** The posix_spawn family. Every function returns 0 or an error number and leaves errno alone. */
final class SpawnC {
    static final short POSIX_SPAWN_SETSIGDEF = 0x04;
    static final short POSIX_SPAWN_SETSIGMASK = 0x08;
    static final short POSIX_SPAWN_SETSID = 0x80;

    /** sizeof(posix_spawnattr_t) on 64-bit machines. */
    static final int ATTRIBUTES_SIZE = 336;

    /** sizeof(posix_spawn_file_actions_t) on 64-bit machines. */
    static final int FILE_ACTIONS_SIZE = 80;

    private static final CFunction SPAWN = named("posix_spawn");
    private static final CFunction ATTR_INIT = named("posix_spawnattr_init");
    private static final CFunction ATTR_SETFLAGS = named("posix_spawnattr_setflags");
    private static final CFunction ATTR_SETSIGMASK = named("posix_spawnattr_setsigmask");
    private static final CFunction ATTR_SETSIGDEFAULT = named("posix_spawnattr_setsigdefault");
    private static final CFunction ATTR_DESTROY = named("posix_spawnattr_destroy");
    private static final CFunction ACTIONS_INIT = named("posix_spawn_file_actions_init");
    private static final CFunction ACTIONS_DUP2 = named("posix_spawn_file_actions_adddup2");
    private static final CFunction ACTIONS_CLOSE = named("posix_spawn_file_actions_addclose");
    private static final CFunction ACTIONS_CLOSEFROM = named("posix_spawn_file_actions_addclosefrom_np");
    private static final CFunction ACTIONS_CHDIR = named("posix_spawn_file_actions_addchdir_np");
    private static final CFunction ACTIONS_DESTROY = named("posix_spawn_file_actions_destroy");

    private SpawnC() {}

    static int spawn(int[] pid, byte[] path, SpawnDescription description) {
        return SPAWN.toInt(
                pid,
                path,
                description.fileActions(),
                description.attributes(),
                description.argv(),
                description.environment());
    }

    static int attrInit(Pointer attributes) {
        return ATTR_INIT.toInt(attributes);
    }

    static int attrSetFlags(Pointer attributes, short flags) {
        return ATTR_SETFLAGS.toInt(attributes, flags);
    }

    static int attrSetSigMask(Pointer attributes, byte[] signals) {
        return ATTR_SETSIGMASK.toInt(attributes, signals);
    }

    static int attrSetSigDefault(Pointer attributes, byte[] signals) {
        return ATTR_SETSIGDEFAULT.toInt(attributes, signals);
    }

    static int attrDestroy(Pointer attributes) {
        return ATTR_DESTROY.toInt(attributes);
    }

    static int actionsInit(Pointer fileActions) {
        return ACTIONS_INIT.toInt(fileActions);
    }

    static int actionsDup2(Pointer fileActions, int from, int to) {
        return ACTIONS_DUP2.toInt(fileActions, from, to);
    }

    static int actionsClose(Pointer fileActions, int fd) {
        return ACTIONS_CLOSE.toInt(fileActions, fd);
    }

    static int actionsCloseFrom(Pointer fileActions, int from) {
        return ACTIONS_CLOSEFROM.toInt(fileActions, from);
    }

    static int actionsChdir(Pointer fileActions, byte[] path) {
        return ACTIONS_CHDIR.toInt(fileActions, path);
    }

    static int actionsDestroy(Pointer fileActions) {
        return ACTIONS_DESTROY.toInt(fileActions);
    }
}
