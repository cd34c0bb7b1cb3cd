package org.bellwire.agent;

import java.security.AccessControlContext;
import java.security.AccessController;
import java.security.PrivilegedAction;
import java.util.function.Supplier;
import javax.security.auth.Subject;
import javax.security.auth.SubjectDomainCombiner;

/** Asks as Karaf does; the class is rewritten by the test. */
@SuppressWarnings("removal")
public final class Asking implements Supplier<String> {

    private static final long ENOUGH = 1L << 40;

    @Override
    public String get() {
        Subject subject = new Subject();
        subject.getPublicCredentials().add("Anna");
        AccessControlContext context =
                new AccessControlContext(AccessController.getContext(), new SubjectDomainCombiner(subject));
        PrivilegedAction<String> action =
                () -> Subject.getSubject(new AccessControlContext(new java.security.ProtectionDomain[0]))
                                .getPublicCredentials()
                                .iterator()
                                .next()
                                .toString()
                        + ENOUGH;
        return AccessController.doPrivileged(action, context);
    }
}
