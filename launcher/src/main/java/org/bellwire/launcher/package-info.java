/** What runs before Karaf: it starts Karaf, and ends the process when that cannot live on. */
@NullMarked
package org.bellwire.launcher;

import org.jspecify.annotations.NullMarked;
