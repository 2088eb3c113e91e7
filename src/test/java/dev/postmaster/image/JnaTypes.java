package dev.postmaster.image;

import com.sun.jna.Callback;
import com.sun.jna.Library;
import com.sun.jna.NativeMapped;
import com.sun.jna.Structure;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaModifier;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** What JNA reads by reflection or implements by a proxy, and the native image must therefore be told of. */
final class JnaTypes {
    /** Unions are structures; pointer and integer types are mapped. */
    private static final List<Class<?>> READ =
            List.of(Structure.class, NativeMapped.class, Library.class, Callback.class);

    private static final List<Class<?>> IMPLEMENTED = List.of(Library.class, Callback.class);

    private JnaTypes() {}

    /** What is not registered of these classes, one line each. */
    static List<String> missing(Stream<JavaClass> classes, ReachabilityMetadata metadata) {
        var missing = new ArrayList<String>();
        classes.forEach(type -> {
            String name = type.getName();
            if ((isOneOf(type, READ) || hasNativeMethods(type)) && !metadata.hasAllOf(name)) {
                missing.add("all members of " + name);
            }
            if (type.isInterface() && isOneOf(type, IMPLEMENTED) && !metadata.hasProxy(name)) {
                missing.add("a proxy for " + name);
            }
        });
        return missing;
    }

    private static boolean isOneOf(JavaClass type, List<Class<?>> kinds) {
        return kinds.stream().anyMatch(type::isAssignableTo);
    }

    /** Direct mapping: JNA finds the methods, and registers them with the virtual machine. */
    private static boolean hasNativeMethods(JavaClass type) {
        return type.getMethods().stream()
                .anyMatch(method -> method.getModifiers().contains(JavaModifier.NATIVE));
    }
}
