/** For tests: the contract that every vendor keeps, and how recorded requests are read. */
@NullMarked
package org.bellwire.testkit;

import org.jspecify.annotations.NullMarked;
