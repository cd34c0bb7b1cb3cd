/** The tables of Akuvox phones and door phones. */
@NullMarked
package org.bellwire.binding.akuvox;

import org.jspecify.annotations.NullMarked;
