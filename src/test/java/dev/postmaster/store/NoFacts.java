package dev.postmaster.store;

import dev.postmaster.auth.role.RoleBook;
import java.util.Map;
import java.util.Optional;

/** A session of which nobody asks anything. */
public record NoFacts() implements SessionFacts {
    @Override
    public RoleBook roles() {
        return RoleBook.initial(user(), Optional.empty());
    }

    @Override
    public String user() {
        return "postgres";
    }

    @Override
    public int backendPid() {
        return 1;
    }

    @Override
    public Map<String, String> settings() {
        return Map.of();
    }

    @Override
    public void set(String name, String value, boolean local) {
        throw new UnsupportedOperationException(name);
    }

    @Override
    public boolean rotateLog() {
        throw new UnsupportedOperationException();
    }
}
