/** The tables of Ringwell R-series. */
@NullMarked
package org.bellwire.binding.ringwell;

import org.jspecify.annotations.NullMarked;
