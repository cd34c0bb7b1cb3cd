/** The documents as one site: Markdown and the tables of the code become HTML. */
@NullMarked
package org.bellwire.site;

import org.jspecify.annotations.NullMarked;
