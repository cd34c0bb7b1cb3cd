/** Ports, TLS and connections, on Jetty's selector: who connects, what is read, when it ends. */
@NullMarked
package org.bellwire.ingress.server;

import org.jspecify.annotations.NullMarked;
