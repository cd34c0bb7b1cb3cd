/** Groups of phones, which have the topics of one phone. */
@NullMarked
package org.bellwire.core.group;

import org.jspecify.annotations.NullMarked;
