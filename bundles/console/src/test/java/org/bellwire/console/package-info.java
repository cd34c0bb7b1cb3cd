/** Tests of the component's parts. */
@NullMarked
package org.bellwire.console;

import org.jspecify.annotations.NullMarked;
