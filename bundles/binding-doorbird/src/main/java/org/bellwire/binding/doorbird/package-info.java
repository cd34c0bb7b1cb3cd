/** The tables of DoorBird door stations. */
@NullMarked
package org.bellwire.binding.doorbird;

import org.jspecify.annotations.NullMarked;
