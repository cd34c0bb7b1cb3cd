/** The tables of 2N IP intercoms. */
@NullMarked
package org.bellwire.binding.twon;

import org.jspecify.annotations.NullMarked;
