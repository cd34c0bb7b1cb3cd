package org.bellwire.agent;

import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.objectweb.asm.ClassReader;
import org.objectweb.asm.ClassVisitor;
import org.objectweb.asm.ClassWriter;
import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Opcodes;

/** Lets a class call {@link CurrentSubject} where it calls the methods that are gone. All else stays as it is. */
final class SubjectCallRewriter extends ClassVisitor {

    private static final int API = Opcodes.ASM9;
    private static final String CONTEXT = "Ljava/security/AccessControlContext;";
    private static final String TARGET = "org/bellwire/agent/CurrentSubject";
    private static final Set<String> METHODS = Set.of(
            "javax/security/auth/Subject.getSubject(" + CONTEXT + ")Ljavax/security/auth/Subject;",
            "java/security/AccessController.doPrivileged(Ljava/security/PrivilegedAction;" + CONTEXT
                    + ")Ljava/lang/Object;",
            "java/security/AccessController.doPrivileged(Ljava/security/PrivilegedExceptionAction;" + CONTEXT
                    + ")Ljava/lang/Object;");

    private SubjectCallRewriter(ClassVisitor writer) {
        super(API, writer);
    }

    static byte[] rewrite(byte[] bytes) {
        ClassReader reader = new ClassReader(bytes);
        ClassWriter writer = new ClassWriter(reader, 0);
        reader.accept(new SubjectCallRewriter(writer), 0);
        return writer.toByteArray();
    }

    @Override
    public MethodVisitor visitMethod(
            int access, String name, String descriptor, @Nullable String signature, String @Nullable [] exceptions) {
        return new MethodVisitor(API, super.visitMethod(access, name, descriptor, signature, exceptions)) {
            @Override
            public void visitMethodInsn(
                    int opcode, String owner, String method, String parameters, boolean isInterface) {
                boolean gone = METHODS.contains(owner + "." + method + parameters);
                super.visitMethodInsn(opcode, gone ? TARGET : owner, method, parameters, isInterface);
            }
        };
    }
}
