/** Who may report: networks, proxies, rates and the token; and what the request names. */
@NullMarked
package org.bellwire.ingress.access;

import org.jspecify.annotations.NullMarked;
