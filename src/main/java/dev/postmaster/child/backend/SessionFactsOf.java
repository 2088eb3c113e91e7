package dev.postmaster.child.backend;

import dev.postmaster.store.SessionFacts;
import java.util.Map;

/** What SQL may ask about the session. */
record SessionFactsOf(String user, int backendPid, SessionSettings changeable) implements SessionFacts {

    @Override
    public Map<String, String> settings() {
        return changeable.current().all();
    }

    @Override
    public void set(String name, String value, boolean local) {
        changeable.set(name, value, local);
    }
}
