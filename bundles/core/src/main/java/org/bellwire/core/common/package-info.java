/** Time and JSON, for all of core. */
@NullMarked
package org.bellwire.core.common;

import org.jspecify.annotations.NullMarked;
