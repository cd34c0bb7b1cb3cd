/** What can be asked for below /api/, and the page itself. */
@NullMarked
package org.bellwire.console.api;

import org.jspecify.annotations.NullMarked;
