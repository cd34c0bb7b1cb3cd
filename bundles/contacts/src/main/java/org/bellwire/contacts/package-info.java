/** Who has which number: a file of contacts, read again when it changes, and found by numbers in international form. */
@NullMarked
package org.bellwire.contacts;

import org.jspecify.annotations.NullMarked;
