/** What bin/bellwire speaks to: a command over a socket in the instance's folder. */
@NullMarked
package org.bellwire.shell.local;

import org.jspecify.annotations.NullMarked;
