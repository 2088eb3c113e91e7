package dev.postmaster.image;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Lines as JDK 25 writes them. */
class LoadingLogTest {
    private static final String LOG = """
            [0.15s][info ][class,load,cause] Java stack when loading com.example.Found:
            [0.15s][info ][class,load,cause] \tat jdk.internal.loader.BuiltinClassLoader.loadClass(java.base@25/BuiltinClassLoader.java:578)
            [0.15s][info ][class,load,cause] \t- locked <0x00000000f025f260> (a java.lang.Object)
            [0.15s][info ][class,load,cause] \tat java.lang.Class.forName0(java.base@25/Native Method)
            [0.15s][info ][class,load,cause] \tat com.example.Finder.<clinit>(Finder.java:308)
            [0.16s][info ][class,load,cause] Java stack when loading com.example.Linked:
            [0.16s][info ][class,load,cause] \tat jdk.internal.loader.BuiltinClassLoader.loadClass(java.base@25/BuiltinClassLoader.java:578)
            [0.16s][info ][class,load,cause] \tat com.example.Finder.use(Finder.java:309)
            [0.16s][info ][class,load,cause] \tat java.lang.Class.forName0(java.base@25/Native Method)
            [0.17s][info ][class,load,cause] Java stack when loading jdk.proxy1.$Proxy7:
            [0.17s][info ][class,load,cause] \tat java.lang.reflect.Proxy.newProxyInstance(java.base@25/Proxy.java:1)
            [0.17s][info ][class,load,cause] \tat com.example.Finder.use(Finder.java:310)
            """;

    @TempDir
    Path directory;

    @Test
    void classesFoundByNameAreToldFromThoseThatAreLinked() throws IOException {
        Files.writeString(directory.resolve("1.log"), LOG);
        LoadingLog log = LoadingLog.in(directory);
        List<String> finder = List.of("com.example.");
        assertThat(log.types()).containsExactly("com.example.Found", "com.example.Linked", "jdk.proxy1.$Proxy7");
        assertThat(log.foundByName(finder)).containsExactly("com.example.Found");
        assertThat(log.proxies(finder)).containsExactly("jdk.proxy1.$Proxy7");
        assertThat(log.foundByName(List.of("org.example."))).isEmpty();
        assertThat(log.proxies(List.of("org.example."))).isEmpty();
    }
}
