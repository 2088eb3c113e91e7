package dev.postmaster.it;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.jar.Attributes;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;

/** Makes a running JVM exit with any status, at once and without its cooperation: code that is loaded into it from outside. */
public final class ExitAgent {
    private ExitAgent() {}

    /** Called by the JVM that it was loaded into, with the status. */
    public static void agentmain(String status) {
        Runtime.getRuntime().halt(Integer.parseInt(status));
    }

    /** Writes it into a jar, as a JVM wants to have it. */
    static Path jar() {
        String name = ExitAgent.class.getName();
        String file = name.replace('.', '/') + ".class";
        var manifest = new Manifest();
        manifest.getMainAttributes().put(Attributes.Name.MANIFEST_VERSION, "1.0");
        manifest.getMainAttributes().putValue("Agent-Class", name);
        try {
            Path jar = Files.createTempFile("exit-agent", ".jar");
            try (OutputStream out = Files.newOutputStream(jar);
                    var entries = new JarOutputStream(out, manifest);
                    var self = ExitAgent.class.getResourceAsStream("/" + file)) {
                entries.putNextEntry(new JarEntry(file));
                self.transferTo(entries);
            }
            jar.toFile().deleteOnExit();
            return jar;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
