@NullMarked
package org.bellwire.health;

import org.jspecify.annotations.NullMarked;
