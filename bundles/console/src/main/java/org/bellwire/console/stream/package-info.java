/** What happens, live: the last of it in memory, and those who look on. */
@NullMarked
package org.bellwire.console.stream;

import org.jspecify.annotations.NullMarked;
