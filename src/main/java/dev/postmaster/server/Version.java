package dev.postmaster.server;

/** What this program calls itself. */
final class Version {
    /** Printed by {@code --version} and in the first line of the log. */
    static final String TEXT = "Postmaster " + number() + " on " + System.getProperty("os.arch") + "-linux, Java "
            + Runtime.version().feature();

    private Version() {}

    /** From the manifest of our jar. */
    private static String number() {
        String version = Version.class.getPackage().getImplementationVersion();
        return version == null ? "(not packaged)" : version;
    }
}
