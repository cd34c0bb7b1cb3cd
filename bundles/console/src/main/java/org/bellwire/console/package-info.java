/** The web page: a component, and the servlet that hands it requests. */
@NullMarked
package org.bellwire.console;

import org.jspecify.annotations.NullMarked;
