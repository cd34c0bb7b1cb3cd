/** The tables of NFON Softphone Pro. */
@NullMarked
package org.bellwire.binding.nfon;

import org.jspecify.annotations.NullMarked;
