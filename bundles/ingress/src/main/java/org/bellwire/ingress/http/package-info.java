/** From a socket to a request's head and its answer: ports, TLS, connections and their limits. */
@NullMarked
package org.bellwire.ingress.http;

import org.jspecify.annotations.NullMarked;
