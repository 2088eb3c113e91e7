package dev.postmaster.image;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.jna.Callback;
import com.sun.jna.Library;
import com.sun.jna.PointerType;
import com.sun.jna.Structure;
import com.sun.jna.Union;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaField;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Properties;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The metadata against what can be known without running anything. */
class ReachabilityMetadataTest {
    private static final String KERNEL_ROOM = "dev.postmaster.os";
    private static final Path RESOURCES = Path.of("src/main/resources");
    private static final Path PROPERTIES =
            ReachabilityMetadata.DIRECTORY.resolve("dev.postmaster/postmaster/native-image.properties");

    private static final JavaClasses CLASSES = new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            .importPackages("dev.postmaster");

    private final ReachabilityMetadata metadata = ReachabilityMetadata.ours();

    @Test
    void everyJnaTypeOfOursIsRegistered() {
        assertThat(CLASSES.containPackage(KERNEL_ROOM)).isTrue();
        assertThat(JnaTypes.missing(CLASSES.stream(), metadata)).isEmpty();
    }

    /** The room has none of them as long as decision 0010 holds; this shows that one would be noticed. */
    @Test
    void aJnaTypeWithoutAnEntryIsNoticed() {
        List<JavaClass> samples = new ClassFileImporter()
                        .importClasses(
                                Functions.class,
                                Point.class,
                                Either.class,
                                Handle.class,
                                Handler.class,
                                Direct.class,
                                Plain.class)
                        .stream()
                        .toList();
        assertThat(JnaTypes.missing(samples.stream(), metadata))
                .containsExactlyInAnyOrder(
                        "all members of " + Functions.class.getName(),
                        "a proxy for " + Functions.class.getName(),
                        "all members of " + Point.class.getName(),
                        "all members of " + Either.class.getName(),
                        "all members of " + Handle.class.getName(),
                        "all members of " + Handler.class.getName(),
                        "a proxy for " + Handler.class.getName(),
                        "all members of " + Direct.class.getName());
        assertThat(JnaTypes.missing(
                        samples.stream().filter(sample -> sample.isEquivalentTo(Functions.class)),
                        ReachabilityMetadata.of("""
                                {"reflection": [{"type": "%1$s", "allDeclaredFields": true, "allDeclaredMethods": true,
                                  "allDeclaredConstructors": true, "jniAccessible": true}, {"type": {"proxy": ["%1$s"]}}]}
                                """.formatted(Functions.class.getName()))))
                .isEmpty();
    }

    @Test
    void everyFileThatWeReadFromOurJarIsRegistered() throws IOException {
        try (Stream<Path> files = Files.walk(RESOURCES.resolve("dev"))) {
            List<String> names = files.filter(Files::isRegularFile)
                    .map(file -> RESOURCES.relativize(file).toString())
                    .toList();
            assertThat(names).isNotEmpty().allMatch(metadata::hasResource);
        }
    }

    @Test
    void jnasLibraryIsRegisteredForBothProcessors() {
        assertThat(JnaLookups.resources()).hasSize(2).allMatch(metadata::hasResource);
        assertThat(metadata.hasResource("com/sun/jna/win32-x86-64/jnidispatch.dll"))
                .isFalse();
    }

    @Test
    void entriesNameClassesThatExist() {
        assertThat(metadata.types()).isNotEmpty().allSatisfy(Class::forName);
    }

    /** Quarkus initialises all classes when the image is built; what holds something of JNA's cannot be (decision 0145). */
    @Test
    void whateverHoldsAFunctionOfTheCLibraryIsInitialisedAtRunTime() throws IOException {
        Set<String> waiting = new TreeSet<>(Set.of("com.sun.jna"));
        boolean more;
        do {
            more = waiting.addAll(holdersOf(waiting));
        } while (more);
        assertThat(waiting).hasSizeGreaterThan(3);
        assertThat(initialisedAtRunTime()).containsExactlyInAnyOrderElementsOf(waiting);
    }

    /** Classes with a static field of one of these types, or of a type in one of these packages. */
    private static List<String> holdersOf(Set<String> types) {
        return CLASSES.stream()
                .filter(type -> type.getFields().stream()
                        .filter(field -> field.getModifiers().contains(JavaModifier.STATIC))
                        .map(JavaField::getRawType)
                        .anyMatch(held -> types.contains(held.getName()) || types.contains(held.getPackageName())))
                .map(JavaClass::getName)
                .toList();
    }

    private static List<String> initialisedAtRunTime() throws IOException {
        var properties = new Properties();
        try (Reader in = Files.newBufferedReader(PROPERTIES)) {
            properties.load(in);
        }
        String option = "--initialize-at-run-time=";
        return Stream.of(properties.getProperty("Args").split(" "))
                .filter(word -> word.startsWith(option))
                .flatMap(word -> Stream.of(word.substring(option.length()).split(",")))
                .toList();
    }

    interface Functions extends Library {}

    interface Handler extends Callback {}

    static class Point extends Structure {}

    static class Either extends Union {}

    static class Handle extends PointerType {}

    static class Direct {
        static native int getpid();
    }

    static class Plain {}
}
