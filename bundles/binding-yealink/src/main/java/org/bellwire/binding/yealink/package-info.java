/** The tables of Yealink T and CP series. */
@NullMarked
package org.bellwire.binding.yealink;

import org.jspecify.annotations.NullMarked;
