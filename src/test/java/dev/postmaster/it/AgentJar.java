package dev.postmaster.it;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.jar.Attributes;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;

/** Code for a JVM that is not ours, in the form in which a JVM takes it: a jar whose manifest names the class to call. */
final class AgentJar {
    private AgentJar() {}

    /**
     * A jar that goes with this JVM.
     *
     * @param role for what the manifest names the first of the classes, such as {@code Premain-Class}
     */
    static Path of(String role, Class<?>... classes) {
        var manifest = new Manifest();
        manifest.getMainAttributes().put(Attributes.Name.MANIFEST_VERSION, "1.0");
        manifest.getMainAttributes().putValue(role, classes[0].getName());
        manifest.getMainAttributes().putValue("Can-Retransform-Classes", "true");
        try {
            Path jar = Files.createTempFile("agent", ".jar");
            try (OutputStream out = Files.newOutputStream(jar);
                    var entries = new JarOutputStream(out, manifest)) {
                for (Class<?> each : List.of(classes)) {
                    add(each, entries);
                }
            }
            jar.toFile().deleteOnExit();
            return jar;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void add(Class<?> each, JarOutputStream entries) throws IOException {
        String file = each.getName().replace('.', '/') + ".class";
        entries.putNextEntry(new JarEntry(file));
        try (var bytes = AgentJar.class.getResourceAsStream("/" + file)) {
            bytes.transferTo(entries);
        }
    }
}
