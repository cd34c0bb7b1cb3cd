@NullMarked
package org.bellwire.line;

import org.jspecify.annotations.NullMarked;
