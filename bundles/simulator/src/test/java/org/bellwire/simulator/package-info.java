@NullMarked
package org.bellwire.simulator;

import org.jspecify.annotations.NullMarked;
