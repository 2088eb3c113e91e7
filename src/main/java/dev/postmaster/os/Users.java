package dev.postmaster.os;

import static dev.postmaster.os.CFunction.named;

import com.sun.jna.Pointer;
import java.util.Optional;

/** The users of the operating system, whichever database they are in ({@code nsswitch.conf}). */
public final class Users {
    private static final CFunction GETPWUID = named("getpwuid");

    Users() {}

    /** The login name of a user id; empty if it has none. One caller at a time is served. */
    public synchronized Optional<String> name(int userId) {
        Pointer entry = GETPWUID.toPointer(userId);
        // The name is the first member of struct passwd.
        return entry == null
                ? Optional.empty()
                : Optional.of(entry.getPointer(0).getString(0));
    }
}
