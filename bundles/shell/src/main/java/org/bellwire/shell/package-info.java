/** The shell commands {@code phone:*}, and the socket through which {@code bin/bellwire} reaches them. */
@NullMarked
package org.bellwire.shell;

import org.jspecify.annotations.NullMarked;
