/** The tables of Auerswald COMfortel D-series. */
@NullMarked
package org.bellwire.binding.auerswald;

import org.jspecify.annotations.NullMarked;
