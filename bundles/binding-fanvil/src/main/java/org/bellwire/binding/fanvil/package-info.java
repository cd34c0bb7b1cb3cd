/** The tables of Fanvil phones and door phones. */
@NullMarked
package org.bellwire.binding.fanvil;

import org.jspecify.annotations.NullMarked;
