package dev.postmaster.store;

import java.nio.file.Path;
import java.util.List;

/** The databases of a cluster: the files {@code <name>.db} of its {@code base} directory. */
public final class Databases {

    private Databases() {}

    /** The database files in order of their names; never half-created ones. */
    public static List<Path> list(Path baseDirectory) {
        throw new UnsupportedOperationException();
    }

    /** The file of a database, whether or not it exists; 3D000 for a name that could leave the directory. */
    public static Path file(Path baseDirectory, String database) {
        throw new UnsupportedOperationException();
    }

    /** Whether a database of that name exists. */
    public static boolean exists(Path baseDirectory, String database) {
        throw new UnsupportedOperationException();
    }

    /** Makes an empty, durable database in WAL mode; 42P04 when the name is taken. */
    public static void create(Path baseDirectory, String database) {
        throw new UnsupportedOperationException();
    }

    /** Removes a database and its log; 3D000 when there is none, 55006 when somebody has it open. */
    public static void drop(Path baseDirectory, String database) {
        throw new UnsupportedOperationException();
    }
}
