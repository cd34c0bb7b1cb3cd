/** Reading a configuration file as a person wrote it: whole, bounded, and with what is odd in it. */
@NullMarked
package org.bellwire.core.files;

import org.jspecify.annotations.NullMarked;
