/** The tables of Htek UC series. */
@NullMarked
package org.bellwire.binding.htek;

import org.jspecify.annotations.NullMarked;
