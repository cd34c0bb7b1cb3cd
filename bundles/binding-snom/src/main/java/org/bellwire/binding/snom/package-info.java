/** The tables of Snom desk phones. */
@NullMarked
package org.bellwire.binding.snom;

import org.jspecify.annotations.NullMarked;
