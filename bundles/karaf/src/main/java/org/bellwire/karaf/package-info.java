/** What Karaf's own {@code config:} commands see and change of the phones, whose files the configuration admin does not have. */
@NullMarked
package org.bellwire.karaf;

import org.jspecify.annotations.NullMarked;
