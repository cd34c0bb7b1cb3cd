/** What stands in docs/examples, held against the code and the contract of topics. */
@org.jspecify.annotations.NullMarked
package org.bellwire.itests.examples;
