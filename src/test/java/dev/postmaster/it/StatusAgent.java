package dev.postmaster.it;

import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassTransform;
import java.lang.classfile.CodeBuilder;
import java.lang.classfile.CodeElement;
import java.lang.classfile.CodeTransform;
import java.lang.instrument.ClassFileTransformer;
import java.lang.instrument.Instrumentation;
import java.lang.instrument.UnmodifiableClassException;
import java.security.ProtectionDomain;
import org.jspecify.annotations.Nullable;

/** Lets a running child leave when and how it wants to, but with a status of somebody else's choice. */
public final class StatusAgent implements ClassFileTransformer {
    private static final String WAY_OUT = "dev/postmaster/os/LinuxProcess";

    private final int status;

    private StatusAgent(int status) {
        this.status = status;
    }

    /** The other class that its jar needs. */
    static Class<?> door() {
        return Door.class;
    }

    /** Called by the JVM that it was loaded into, with the status. */
    public static void agentmain(String status, Instrumentation jvm)
            throws ClassNotFoundException, UnmodifiableClassException {
        jvm.addTransformer(new StatusAgent(Integer.parseInt(status)), true);
        jvm.retransformClasses(Class.forName(WAY_OUT.replace('/', '.')));
    }

    @Override
    public byte @Nullable [] transform(
            Module module,
            ClassLoader loader,
            String name,
            @Nullable Class<?> redefined,
            ProtectionDomain domain,
            byte[] original) {
        if (!WAY_OUT.equals(name)) {
            return null; // as it was
        }
        ClassFile format = ClassFile.of();
        return format.transformClass(
                format.parse(original),
                ClassTransform.transformingMethodBodies(
                        method -> method.methodName().equalsString("exit"), new Door(status)));
    }

    /** {@code status = ours;} before everything else. */
    private record Door(int status) implements CodeTransform {
        @Override
        public void atStart(CodeBuilder code) {
            code.loadConstant(status).istore(1);
        }

        @Override
        public void accept(CodeBuilder code, CodeElement element) {
            code.with(element);
        }
    }
}
