package org.bellwire.agent;

import java.security.AccessControlContext;
import java.security.Principal;
import java.security.PrivilegedAction;
import java.security.PrivilegedActionException;
import java.security.PrivilegedExceptionAction;
import java.util.concurrent.Callable;
import javax.security.auth.Subject;
import javax.security.auth.SubjectDomainCombiner;
import org.jspecify.annotations.Nullable;

/**
 * Who the user is, for Karaf's shell. Whom Karaf has logged in is known on the threads that work for them; on all others it is the
 * local administrator: only its console and {@code bin/bellwire} are left.
 */
@SuppressWarnings("removal") // its methods stand in for those that are removed
public final class CurrentSubject {

    private static final ThreadLocal<@Nullable Subject> CURRENT = new InheritableThreadLocal<>();

    private CurrentSubject() {}

    /** In the place of {@code Subject.getSubject}. */
    public static Subject getSubject(@Nullable AccessControlContext context) {
        Subject subject = CURRENT.get();
        return subject != null ? subject : localAdministrator();
    }

    /** In the place of {@code AccessController.doPrivileged}, to which Karaf hands the user in the context. */
    public static <T> T doPrivileged(PrivilegedAction<T> action, @Nullable AccessControlContext context) {
        try {
            return as(context, action::run);
        } catch (RuntimeException e) {
            throw e;
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    /** The same for an action that may throw. */
    public static <T> T doPrivileged(PrivilegedExceptionAction<T> action, @Nullable AccessControlContext context)
            throws PrivilegedActionException {
        try {
            return as(context, action::run);
        } catch (RuntimeException e) {
            throw e;
        } catch (Exception e) {
            throw new PrivilegedActionException(e);
        }
    }

    private static <T> T as(@Nullable AccessControlContext context, Callable<T> action) throws Exception {
        Subject before = CURRENT.get();
        if (context != null && context.getDomainCombiner() instanceof SubjectDomainCombiner combiner) {
            CURRENT.set(combiner.getSubject());
        }
        try {
            return action.call();
        } finally {
            CURRENT.set(before);
        }
    }

    private static Subject localAdministrator() {
        Subject subject = new Subject();
        String name = System.getProperty("karaf.local.user", "karaf");
        add(subject, "UserPrincipal", name);
        for (String role : System.getProperty("karaf.local.roles", "").split(",")) {
            add(subject, "RolePrincipal", role.strip());
        }
        return subject;
    }

    /** Karaf's kinds of principals are in the class path, but not in ours when this is built. */
    private static void add(Subject subject, String kind, String name) {
        try {
            Object principal = Class.forName("org.apache.karaf.jaas.boot.principal." + kind)
                    .getConstructor(String.class)
                    .newInstance(name);
            subject.getPrincipals().add((Principal) principal);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("Karaf has no " + kind, e);
        }
    }
}
