/**
 * How good routes are, on published instances and through the public API alone. Each class is a
 * program; {@code docs/supplychain.md} has the commands and the figures. Internal.
 */
@NullMarked
package io.millwright.benchmarks.routes;

import org.jspecify.annotations.NullMarked;
