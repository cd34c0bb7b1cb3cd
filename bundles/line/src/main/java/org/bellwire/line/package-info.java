/** The way to the phones: one HTTP request, and what came of it. */
@NullMarked
package org.bellwire.line;

import org.jspecify.annotations.NullMarked;
