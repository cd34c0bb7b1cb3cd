@NullMarked
package org.bellwire.karaf;

import org.jspecify.annotations.NullMarked;
