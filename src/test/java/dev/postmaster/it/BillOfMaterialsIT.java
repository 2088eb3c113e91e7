package dev.postmaster.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** The bill of materials (CycloneDX) that lies beside the program, against what Quarkus says it has packaged. */
class BillOfMaterialsIT {
    private static final Path HOME = Path.of(System.getProperty("postmaster.home", "target/quarkus-app"));
    private static final Path BILL = HOME.resolve("sbom.cdx.json");

    @Test
    void itNamesEachLibraryThatIsPackagedAndNoneOfTheTests() throws IOException {
        assumeTrue(Files.exists(BILL), "a build without a network (-o) writes no bill of materials");
        var bill = new JsonObject(Files.readString(BILL));
        Set<String> named = new TreeSet<>();
        bill.getJsonArray("components").forEach(component -> named.add(nameOf((JsonObject) component)));

        List<String> packaged = Files.readAllLines(HOME.resolve("quarkus-app-dependencies.txt"));

        assertThat(bill.getString("bomFormat")).isEqualTo("CycloneDX");
        assertThat(packaged).hasSizeGreaterThan(50);
        assertThat(named)
                .containsAll(packaged.stream().map(BillOfMaterialsIT::nameIn).toList());
        assertThat(named).noneMatch(library -> library.contains("junit") || library.contains("archunit"));
    }

    private static String nameOf(JsonObject component) {
        return component.getString("group") + ':' + component.getString("name") + ':' + component.getString("version");
    }

    /** From {@code group:artifact:classifier:type:version}. */
    private static String nameIn(String line) {
        String[] parts = line.split(":", -1);
        return parts[0] + ':' + parts[1] + ':' + parts[4];
    }
}
