/** The tables of Grandstream GXP, GRP, GHP and WP series. */
@NullMarked
package org.bellwire.binding.grandstream;

import org.jspecify.annotations.NullMarked;
