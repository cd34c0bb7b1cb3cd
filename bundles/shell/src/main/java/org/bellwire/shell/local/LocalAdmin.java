package org.bellwire.shell.local;

import java.security.PrivilegedActionException;
import java.security.PrivilegedExceptionAction;
import javax.security.auth.Subject;
import org.apache.karaf.jaas.boot.principal.RolePrincipal;
import org.apache.karaf.jaas.boot.principal.UserPrincipal;
import org.apache.karaf.shell.api.console.Session;
import org.jspecify.annotations.Nullable;

/** The user of the local console, with its name and roles: who reaches the socket could as well start that console. */
final class LocalAdmin {

    private static final String ROLES = "admin,manager,viewer,systembundles";

    private final Subject subject = new Subject();

    LocalAdmin() {
        subject.getPrincipals().add(new UserPrincipal(System.getProperty("karaf.local.user", "karaf")));
        for (String role : System.getProperty("karaf.local.roles", ROLES).split(",")) {
            subject.getPrincipals().add(new RolePrincipal(role.strip()));
        }
    }

    @Nullable
    Object execute(Session session, String line) throws Exception {
        try {
            return Subject.doAs(subject, (PrivilegedExceptionAction<@Nullable Object>) () -> session.execute(line));
        } catch (PrivilegedActionException e) {
            throw e.getException();
        }
    }
}
