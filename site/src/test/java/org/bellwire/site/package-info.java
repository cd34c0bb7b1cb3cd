/** The site as it was built holds together. */
@NullMarked
package org.bellwire.site;

import org.jspecify.annotations.NullMarked;
