/** Receives action URLs by HTTP: an own port, reader and limits, on Jetty's threads and connections. */
@NullMarked
package org.bellwire.ingress;

import org.jspecify.annotations.NullMarked;
