package dev.postmaster.image;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The JVM's own log of the classes it loaded, and of who asked for each (JDK 24 and later). */
public final class LoadingLog {
    private static final Pattern LOADED =
            Pattern.compile("\\[class,load,cause\\] Java stack when loading ([\\w.$/]+):?\\s*");
    private static final Pattern FRAME = Pattern.compile("\\[class,load,cause\\]\\s+at ([\\w.$/<>]+)\\(.*");
    private static final Pattern JDK = Pattern.compile("(java|javax|jdk|sun)\\..*");
    private static final Pattern BY_NAME = Pattern.compile("java\\.(lang\\.Class\\.forName|util\\.ServiceLoader).*");
    private static final Pattern PROXY = Pattern.compile("java\\.lang\\.reflect\\.Proxy\\..*");

    private final List<Load> loads = new ArrayList<>();

    /** @param frames methods, the innermost first */
    private record Load(String type, List<String> frames) {
        /** Whether a method of these packages called that method of the JDK, and the class was loaded therein. */
        boolean isFor(List<String> packages, Pattern called) {
            int own = 0;
            while (own < frames.size() && JDK.matcher(frames.get(own)).matches()) {
                own++;
            }
            return own > 0
                    && own < frames.size()
                    && packages.stream().anyMatch(frames.get(own)::startsWith)
                    && called.matcher(frames.get(own - 1)).matches();
        }
    }

    /** What makes a JVM write such logs, one file a process, into a directory. */
    public static List<String> options(Path directory) {
        String output = ":file=" + directory.resolve("%p.log") + "::filecount=0";
        return List.of("-Xlog:class+load+cause" + output, "-XX:LogClassLoadingCauseFor=*", "-XX:AOTMode=off");
    }

    /** Reads all logs in a directory. */
    public static LoadingLog in(Path directory) {
        var log = new LoadingLog();
        try (Stream<Path> files = Files.list(directory)) {
            for (Path file : files.toList()) {
                log.read(file);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return log;
    }

    private void read(Path file) throws IOException {
        try (Stream<String> lines = Files.lines(file)) {
            lines.forEach(line -> {
                Matcher loaded = LOADED.matcher(line);
                Matcher frame = FRAME.matcher(line);
                if (loaded.find()) {
                    loads.add(new Load(loaded.group(1), new ArrayList<>()));
                } else if (frame.find() && !loads.isEmpty()) {
                    loads.getLast().frames().add(frame.group(1));
                }
            });
        }
    }

    /** All classes that were loaded. */
    public Set<String> types() {
        return types(load -> true);
    }

    /** Classes of nobody's JDK that methods of these packages had found by name, or as a service. */
    public Set<String> foundByName(List<String> packages) {
        return types(load -> !JDK.matcher(load.type()).matches() && load.isFor(packages, BY_NAME));
    }

    /** Classes of proxies that methods of these packages had made. */
    public Set<String> proxies(List<String> packages) {
        return types(load -> load.type().contains("$Proxy") && load.isFor(packages, PROXY));
    }

    private Set<String> types(Predicate<Load> wanted) {
        var types = new TreeSet<String>();
        loads.stream().filter(wanted).forEach(load -> types.add(load.type()));
        return types;
    }
}
