/** The tables of Sangoma S-series. */
@NullMarked
package org.bellwire.binding.sangoma;

import org.jspecify.annotations.NullMarked;
