package dev.postmaster.it;

import java.io.IOException;
import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassHierarchyResolver;
import java.lang.classfile.ClassTransform;
import java.lang.classfile.CodeBuilder;
import java.lang.classfile.CodeElement;
import java.lang.classfile.CodeTransform;
import java.lang.classfile.TypeKind;
import java.lang.constant.ClassDesc;
import java.lang.constant.ConstantDescs;
import java.lang.constant.MethodTypeDesc;
import java.lang.instrument.ClassFileTransformer;
import java.lang.instrument.Instrumentation;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.ProtectionDomain;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * Stands in a packaged postmaster between it and the kernel, and refuses the launches that a file names: lines of a kind's
 * name, an error number or 0, and how long the kernel takes to say so, in milliseconds, with tabs between them.
 */
public final class LaunchAgent implements ClassFileTransformer {
    private static final String LAUNCHER = "dev/postmaster/os/PosixLauncher";
    private static final ClassDesc ERRNO = ClassDesc.of("dev.postmaster.os.Errno");
    private static final ClassDesc REFUSED = ClassDesc.of("dev.postmaster.os.LaunchResult$Refused");
    private static final ClassDesc SELF = ClassDesc.of(LaunchAgent.class.getName());
    private static final String FILE = "launch.faults";

    private LaunchAgent() {}

    /** The other class that its jar needs. */
    static Class<?> door() {
        return Door.class;
    }

    /** Called by the JVM before the postmaster's own main method, with the path of the file. */
    public static void premain(String file, Instrumentation jvm) {
        System.setProperty(FILE, file);
        jvm.addTransformer(new LaunchAgent());
    }

    /** Called at the door of the launcher: the error number for this launch, or 0 if it may go on. */
    public static int fault(Object plan) {
        for (String line : lines()) {
            String[] words = line.split("\t", -1);
            if (plan.toString().contains("[postmaster: " + words[0] + ",")) {
                LockSupport.parkNanos(Long.parseLong(words[2]) * 1_000_000);
                return Integer.parseInt(words[1]);
            }
        }
        return 0;
    }

    private static Iterable<String> lines() {
        try {
            return Files.readAllLines(Path.of(System.getProperty(FILE)));
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public byte @Nullable [] transform(
            Module module,
            ClassLoader loader,
            String name,
            @Nullable Class<?> redefined,
            ProtectionDomain domain,
            byte[] original) {
        if (!LAUNCHER.equals(name)) {
            return null; // as it was
        }
        ClassFile format = ClassFile.of(ClassFile.ClassHierarchyResolverOption.of(
                ClassHierarchyResolver.ofResourceParsing(loader).orElse(ClassHierarchyResolver.defaultResolver())));
        return format.transformClass(
                format.parse(original),
                ClassTransform.transformingMethodBodies(
                        method -> method.methodName().equalsString("launch"), new Door()));
    }

    /** {@code int fault = LaunchAgent.fault(plan); if (fault != 0) return new Refused(new Errno(fault));} */
    private static final class Door implements CodeTransform {
        @Override
        public void atStart(CodeBuilder code) {
            int fault = code.allocateLocal(TypeKind.INT);
            code.aload(1)
                    .invokestatic(SELF, "fault", MethodTypeDesc.of(ConstantDescs.CD_int, ConstantDescs.CD_Object))
                    .istore(fault)
                    .iload(fault)
                    .ifThen(refusal -> refusal.new_(REFUSED)
                            .dup()
                            .new_(ERRNO)
                            .dup()
                            .iload(fault)
                            .invokespecial(
                                    ERRNO, "<init>", MethodTypeDesc.of(ConstantDescs.CD_void, ConstantDescs.CD_int))
                            .invokespecial(REFUSED, "<init>", MethodTypeDesc.of(ConstantDescs.CD_void, ERRNO))
                            .areturn());
        }

        @Override
        public void accept(CodeBuilder code, CodeElement element) {
            code.with(element);
        }
    }
}
