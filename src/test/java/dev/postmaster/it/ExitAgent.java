package dev.postmaster.it;

/** Makes a running JVM exit with any status, at once and without its cooperation: code that is loaded into it from outside. */
public final class ExitAgent {
    private ExitAgent() {}

    /** Called by the JVM that it was loaded into, with the status. */
    public static void agentmain(String status) {
        Runtime.getRuntime().halt(Integer.parseInt(status));
    }
}
