/** One phone: what its file says, its calls, its states and what waits for it. */
@NullMarked
package org.bellwire.core.phone;

import org.jspecify.annotations.NullMarked;
