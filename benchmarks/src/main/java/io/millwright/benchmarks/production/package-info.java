/** Figures of the area production: line balancing, lot sizing, load, allocation. */
@NullMarked
package io.millwright.benchmarks.production;

import org.jspecify.annotations.NullMarked;
