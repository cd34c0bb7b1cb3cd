/** One request and one answer of the page, whoever serves them. */
@NullMarked
package org.bellwire.console.http;

import org.jspecify.annotations.NullMarked;
