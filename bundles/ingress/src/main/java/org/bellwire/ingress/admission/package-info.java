/** How many may be connected and shake hands at once, and who gives way. */
@NullMarked
package org.bellwire.ingress.admission;

import org.jspecify.annotations.NullMarked;
