package dev.postmaster;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.time.Clock;
import java.time.Instant;
import java.util.Arrays;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The walls of the house, as the picture in {@code dev.postmaster}'s package-info draws them. */
class HouseRulesTest {
    private static final String HOUSE = "dev.postmaster";
    private static final int AT_LEAST = 300;

    private static final JavaClasses CLASSES = new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            .importPackages(HOUSE);

    /** The rooms that each room may look into, beside itself. The hallway, where Main stands, may look into all. */
    private static final Map<String, Set<String>> MAY_USE = Map.ofEntries(
            Map.entry("core", Set.of()),
            Map.entry("auth", Set.of("report", "config")),
            Map.entry("logpipe", Set.of()),
            Map.entry("report", Set.of("logpipe")),
            Map.entry("wire", Set.of("report")),
            Map.entry("config", Set.of("report", "core")),
            Map.entry("cluster", Set.of("report", "config", "auth")),
            Map.entry("tls", Set.of("report", "config")),
            Map.entry("os", Set.of("core")),
            Map.entry("shmem", Set.of("core")),
            Map.entry("launch", Set.of("core", "os", "shmem", "config", "report", "logpipe")),
            Map.entry("store", Set.of("report", "auth")),
            Map.entry("worker", Set.of("core", "report")),
            Map.entry("initdb", Set.of("store", "cluster", "config", "report", "auth")),
            Map.entry(
                    "child",
                    Set.of(
                            "os", "launch", "shmem", "config", "cluster", "wire", "logpipe", "report", "core", "store",
                            "worker", "auth", "tls")),
            Map.entry(
                    "server",
                    Set.of(
                            "config", "cluster", "os", "launch", "shmem", "wire", "logpipe", "report", "core",
                            "metrics", "auth", "tls")),
            Map.entry("metrics", Set.of("core")),
            Map.entry("health", Set.of("server", "core")),
            Map.entry("inspection", Set.of("core", "os", "shmem", "cluster")),
            Map.entry("admin", Set.of("server", "inspection", "config", "cluster", "os", "report", "core")),
            Map.entry("ctl", Set.of("core", "os", "launch", "shmem", "cluster", "report", "initdb", "inspection")),
            Map.entry("training", Set.of("launch", "report", "worker")));

    static Set<String> rooms() {
        return new TreeSet<>(MAY_USE.keySet());
    }

    @Test
    void thereIsAHouseToLookAt() {
        assertThat(CLASSES).hasSizeGreaterThan(AT_LEAST);
    }

    @Test
    void everyRoomIsOnThePlan() {
        Set<String> built = new TreeSet<>();
        CLASSES.stream()
                .map(HouseRulesTest::room)
                .filter(room -> !room.isEmpty())
                .forEach(built::add);
        assertThat(rooms()).containsAll(built);
    }

    @ParameterizedTest
    @MethodSource("rooms")
    void aRoomLooksOnlyIntoTheRoomsItHasDoorsTo(String room) {
        Set<String> allowed = MAY_USE.getOrDefault(room, Set.of());
        classes()
                .that()
                .resideInAPackage(HOUSE + "." + room + "..")
                .should()
                .onlyDependOnClassesThat(describe(
                        "are outside the house or in " + room + " " + new TreeSet<>(allowed),
                        used -> !isOurs(used) || room(used).equals(room) || allowed.contains(room(used))))
                .allowEmptyShould(true)
                .check(CLASSES);
    }

    @Test
    void theKitOfTheChildrenKnowsNoDatabase() {
        noClasses()
                .that()
                .resideInAPackage(HOUSE + ".child")
                .should()
                .dependOnClassesThat()
                .resideInAPackage(HOUSE + ".store..")
                .allowEmptyShould(true)
                .check(CLASSES);
    }

    @Test
    void childrenAreStrangersToEachOther() {
        slices().matching(HOUSE + ".child.(*)..")
                .should()
                .notDependOnEachOther()
                .allowEmptyShould(true)
                .check(CLASSES);
    }

    @Test
    void noTwoPackagesNeedEachOther() {
        slices().matching(HOUSE + ".(**)").should().beFreeOfCycles().check(CLASSES);
    }

    @Test
    void thePureRoomsUseNothingButTheJdk() {
        classes()
                .that()
                .resideInAnyPackage(packages("core", "logpipe", "report", "wire", "config", "cluster", "shmem", "auth"))
                .should()
                .onlyDependOnClassesThat(resideInAnyPackage(
                        "java..", "javax.crypto..", "com.ongres.saslprep..", "org.jspecify..", HOUSE + ".."))
                .check(CLASSES);
    }

    /** No thread, no process, no file, no clock: what the core decides follows from what it is told. */
    @Test
    void theCoreOnlyThinks() {
        noClasses()
                .that()
                .resideInAPackage(HOUSE + ".core..")
                .should()
                .dependOnClassesThat(resideInAnyPackage(
                                "java.io..",
                                "java.nio..",
                                "java.net..",
                                "java.lang.foreign..",
                                "java.util.concurrent..")
                        .or(describe("run beside us", HouseRulesTest::isThreadOrProcess)))
                .orShould()
                .callMethod(Instant.class, "now")
                .orShould()
                .callMethod(System.class, "currentTimeMillis")
                .orShould()
                .callMethod(System.class, "nanoTime")
                .orShould()
                .dependOnClassesThat()
                .areAssignableTo(Clock.class)
                .allowEmptyShould(true)
                .check(CLASSES);
    }

    @Test
    void onlyTheOsRoomHasNativeCode() {
        noClasses()
                .that()
                .resideOutsideOfPackage(HOUSE + ".os..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("com.sun.jna..", "java.lang.foreign..")
                .check(CLASSES);
    }

    @Test
    void onlyTheStoreSpeaksToSqlite() {
        noClasses()
                .that()
                .resideOutsideOfPackage(HOUSE + ".store..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("org.sqlite..", "java.sql..")
                .check(CLASSES);
    }

    @Test
    void onlyTheHallHasAnEventLoopAndAContainer() {
        noClasses()
                .that()
                .resideOutsideOfPackages(HOUSE, HOUSE + ".server..", HOUSE + ".health..", HOUSE + ".admin..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(
                        "io.vertx..",
                        "io.netty..",
                        "io.quarkus..",
                        "io.smallrye..",
                        "jakarta..",
                        "org.eclipse.microprofile..",
                        "org.jboss..")
                .check(CLASSES);
    }

    /** What is measured has one list of names; the application only fetches the registry from the container. */
    @Test
    void onlyTheMetricsRoomKnowsMicrometer() {
        noClasses()
                .that()
                .resideOutsideOfPackage(HOUSE + ".metrics..")
                .and()
                .doNotHaveSimpleName("PostmasterApplication")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("io.micrometer..")
                .check(CLASSES);
    }

    /**
     * A second waiter steals exit statuses, so there is one way to make a process: the launch room. Training is a
     * program of its own, which starts a postmaster as anybody would.
     */
    @Test
    void nobodyStartsAProcessBehindTheReapersBack() {
        noClasses()
                .that()
                .resideOutsideOfPackage(HOUSE + ".training..")
                .should()
                .dependOnClassesThat()
                .areAssignableTo(ProcessBuilder.class)
                .orShould()
                .dependOnClassesThat()
                .areAssignableTo(Process.class)
                .orShould()
                .callMethodWhere(describe(
                        "Runtime.exec",
                        call -> call.getTargetOwner().isEquivalentTo(Runtime.class)
                                && call.getName().equals("exec")))
                .check(CLASSES);
    }

    /** An exit status must survive exactly, and shutdown hooks can change it: our programs end by {@code halt}. */
    @Test
    void onlyMainExits() {
        noClasses()
                .that()
                .doNotHaveFullyQualifiedName(HOUSE + ".Main")
                .should()
                .callMethod(System.class, "exit", int.class)
                .check(CLASSES);
    }

    private static boolean isOurs(JavaClass used) {
        return used.getPackageName().equals(HOUSE) || used.getPackageName().startsWith(HOUSE + ".");
    }

    /** The first word below the house; empty for the hallway. */
    private static String room(JavaClass of) {
        String path = of.getPackageName().substring(HOUSE.length());
        return path.isEmpty() ? "" : path.substring(1).split("\\.", 2)[0];
    }

    private static boolean isThreadOrProcess(JavaClass used) {
        return used.isAssignableTo(Thread.class)
                || used.isAssignableTo(ProcessHandle.class)
                || used.isAssignableTo(ProcessBuilder.class)
                || used.isEquivalentTo(Runtime.class);
    }

    private static String[] packages(String... rooms) {
        return Arrays.stream(rooms).map(room -> HOUSE + "." + room + "..").toArray(String[]::new);
    }
}
