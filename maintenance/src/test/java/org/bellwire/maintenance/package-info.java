@NullMarked
package org.bellwire.maintenance;

import org.jspecify.annotations.NullMarked;
