package dev.postmaster.image;

import com.sun.jna.Native;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.lang.invoke.MethodType;
import java.lang.reflect.Constructor;
import java.lang.reflect.Executable;
import java.lang.reflect.Field;
import java.lang.reflect.Method;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What JNA's native libraries look up over JNI: each class whose name is a string in one, and each member of such a class
 * whose name and descriptor are. A few members more than they ask for may be among them; none that they ask for is missing.
 */
final class JnaLookups {
    private static final Pattern CLASS_NAME = Pattern.compile("(?<![\\w/$])(?:java|com/sun/jna)(?:/[\\w$]+)+(?=\0)");

    private static final List<String> PLATFORMS = List.of("linux-x86-64", "linux-aarch64");

    /** The libraries of all platforms, one byte a character. */
    private final String libraries =
            resources().stream().map(JnaLookups::library).collect(Collectors.joining());

    /** Where the libraries are in JNA's jar. */
    static List<String> resources() {
        return PLATFORMS.stream()
                .map(platform -> "com/sun/jna/" + platform + "/libjnidispatch.so")
                .toList();
    }

    private static String library(String name) {
        try (InputStream in = Native.class.getResourceAsStream("/" + name)) {
            return new String(Objects.requireNonNull(in, name).readAllBytes(), StandardCharsets.ISO_8859_1);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Entries of a reachability metadata file, one a class. */
    List<String> entries() {
        var names = new TreeSet<String>();
        CLASS_NAME.matcher(libraries).results().forEach(found -> names.add(found.group()));
        return names.stream().map(JnaLookups::type).map(this::entry).toList();
    }

    private static Class<?> type(String name) {
        try {
            return Class.forName(name.replace('/', '.'), false, Native.class.getClassLoader());
        } catch (ClassNotFoundException e) {
            throw new AssertionError(e);
        }
    }

    private String entry(Class<?> type) {
        var entry = new StringBuilder("{\"type\": \"" + type.getName() + "\", \"jniAccessible\": true");
        List<String> fields = Arrays.stream(type.getDeclaredFields())
                .filter(this::isLookedUp)
                .map(field -> "{\"name\": \"" + field.getName() + "\"}")
                .sorted()
                .toList();
        if (!fields.isEmpty()) {
            entry.append(", \"fields\": ").append(fields);
        }
        List<String> methods = Stream.concat(
                        Arrays.stream(type.getDeclaredConstructors()), Arrays.stream(type.getDeclaredMethods()))
                .filter(this::isLookedUp)
                .map(JnaLookups::method)
                .sorted()
                .toList();
        if (!methods.isEmpty()) {
            entry.append(", \"methods\": ").append(methods);
        }
        return entry.append('}').toString();
    }

    /** Of the JDK's classes only the boxes have fields that anybody looks up. */
    private boolean isLookedUp(Field field) {
        Class<?> owner = field.getDeclaringClass();
        boolean box = MethodType.methodType(owner).hasWrappers();
        return (box || owner.getName().startsWith("com.sun.jna."))
                && names(field.getName())
                && describes(field.getType().descriptorString());
    }

    private boolean isLookedUp(Executable member) {
        Class<?> result = member instanceof Method method ? method.getReturnType() : void.class;
        return !member.isSynthetic()
                && names(name(member))
                && describes(MethodType.methodType(result, member.getParameterTypes())
                        .descriptorString());
    }

    /** A linker may let a string be the end of another one, but what ends a symbol's name is none. */
    private boolean names(String name) {
        String wanted = name + '\0';
        int at = libraries.indexOf(wanted);
        while (at > 0 && libraries.charAt(at - 1) == '_') {
            at = libraries.indexOf(wanted, at + 1);
        }
        return at > 0;
    }

    private boolean describes(String descriptor) {
        return libraries.contains(descriptor + "\0");
    }

    private static String method(Executable member) {
        List<String> parameters = new ArrayList<>();
        for (Class<?> parameter : member.getParameterTypes()) {
            parameters.add("\"" + parameter.getTypeName() + "\"");
        }
        return "{\"name\": \"" + name(member) + "\", \"parameterTypes\": " + parameters + "}";
    }

    private static String name(Executable member) {
        return member instanceof Constructor ? "<init>" : member.getName();
    }
}
