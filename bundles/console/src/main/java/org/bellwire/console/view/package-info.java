/** What is known, as JSON. */
@NullMarked
package org.bellwire.console.view;

import org.jspecify.annotations.NullMarked;
