/** For tests: the contract that every vendor keeps, and how samples are read. */
@NullMarked
package org.bellwire.testkit;

import org.jspecify.annotations.NullMarked;
