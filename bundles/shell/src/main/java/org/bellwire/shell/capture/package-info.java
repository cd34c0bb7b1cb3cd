/** What a phone and Bellwire say to one another, written into a file without secrets, numbers and names. */
@NullMarked
package org.bellwire.shell.capture;

import org.jspecify.annotations.NullMarked;
