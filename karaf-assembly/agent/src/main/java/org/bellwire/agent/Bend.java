package org.bellwire.agent;

import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Set;

/**
 * Lets a class call {@link CurrentSubject} where it calls the methods that are gone. Only the constant pool changes: two constants
 * are added, which name the new class, and the references to the methods point there.
 */
final class Bend {

    private static final String CONTEXT = "Ljava/security/AccessControlContext;";
    private static final String TARGET = "org/bellwire/agent/CurrentSubject";
    private static final Set<String> METHODS = Set.of(
            "javax/security/auth/Subject.getSubject(" + CONTEXT + ")Ljavax/security/auth/Subject;",
            "java/security/AccessController.doPrivileged(Ljava/security/PrivilegedAction;" + CONTEXT
                    + ")Ljava/lang/Object;",
            "java/security/AccessController.doPrivileged(Ljava/security/PrivilegedExceptionAction;" + CONTEXT
                    + ")Ljava/lang/Object;");

    private static final int COUNT_AT = 8;
    private static final int UTF8 = 1;
    private static final int CLASS = 7;
    private static final int METHOD = 10;

    private final ByteBuffer in;
    private final int count;
    private final int[] at;
    private final int end;

    private Bend(byte[] bytes) {
        in = ByteBuffer.wrap(bytes.clone());
        count = in.getShort(COUNT_AT) & 0xFFFF;
        at = new int[count];
        int position = COUNT_AT + 2;
        for (int i = 1; i < count; i++) {
            at[i] = position;
            int tag = in.get(position);
            position += 1 + size(tag, position + 1);
            if (tag == 5 || tag == 6) {
                i++; // a long or double counts twice
            }
        }
        end = position;
    }

    static byte[] calls(byte[] bytes) {
        return new Bend(bytes).bent();
    }

    private int size(int tag, int position) {
        return switch (tag) {
            case UTF8 -> 2 + u2(position);
            case 3, 4, 9, METHOD, 11, 12, 17, 18 -> 4;
            case 5, 6 -> 8;
            case CLASS, 8, 16, 19, 20 -> 2;
            case 15 -> 3;
            default -> throw new IllegalArgumentException("constant of kind " + tag);
        };
    }

    private byte[] bent() {
        for (int i = 1; i < count; i++) {
            if (at[i] > 0 && in.get(at[i]) == METHOD && METHODS.contains(method(at[i]))) {
                in.putShort(at[i] + 1, (short) (count + 1));
            }
        }
        in.putShort(COUNT_AT, (short) (count + 2));
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (DataOutputStream out = new DataOutputStream(bytes)) {
            out.write(in.array(), 0, end);
            out.writeByte(UTF8);
            out.writeUTF(TARGET);
            out.writeByte(CLASS);
            out.writeShort(count);
            out.write(in.array(), end, in.capacity() - end);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }

    private String method(int position) {
        int owner = at[u2(position + 1)];
        int nameAndType = at[u2(position + 3)];
        return text(u2(owner + 1)) + "." + text(u2(nameAndType + 1)) + text(u2(nameAndType + 3));
    }

    private String text(int index) {
        int position = at[index] + 1;
        return new String(in.array(), position + 2, u2(position), StandardCharsets.UTF_8);
    }

    private int u2(int position) {
        return in.getShort(position) & 0xFFFF;
    }
}
