package dev.postmaster.image;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * What JNA asks for over JNI is written down from its own native libraries, and never by hand: run
 * {@code bin/test JnaMetadataTest -Ddocs.rewrite=true} after a change of JNA, and look at the difference.
 */
class JnaMetadataTest {
    private static final Path FILE =
            ReachabilityMetadata.DIRECTORY.resolve("net.java.dev.jna/jna/reachability-metadata.json");

    @Test
    void theFileIsWhatTheLibrariesLookUp() throws IOException {
        List<String> entries = new JnaLookups().entries();
        assertThat(entries).hasSizeGreaterThan(40).anyMatch(entry -> entry.contains("\"com.sun.jna.Pointer\""));
        String text = "{\n  \"comment\": \"Written by JnaMetadataTest from JNA's native libraries; do not edit.\",\n"
                + "  \"reflection\": [\n    "
                + String.join(",\n    ", entries)
                + "\n  ]\n}\n";
        if (Boolean.getBoolean("docs.rewrite")) {
            Files.createDirectories(FILE.getParent());
            Files.writeString(FILE, text);
        }
        assertThat(FILE).hasContent(text);
    }
}
