@NullMarked
package org.bellwire.console.stream;

import org.jspecify.annotations.NullMarked;
