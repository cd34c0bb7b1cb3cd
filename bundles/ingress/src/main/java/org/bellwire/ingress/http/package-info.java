/** One request and its answer as bytes: line, headers and head, and what becomes of the connection. */
@NullMarked
package org.bellwire.ingress.http;

import org.jspecify.annotations.NullMarked;
