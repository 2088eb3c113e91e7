package dev.postmaster.store;

import java.util.Map;

/** A session of which nobody asks anything. */
public record NoFacts() implements SessionFacts {
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
