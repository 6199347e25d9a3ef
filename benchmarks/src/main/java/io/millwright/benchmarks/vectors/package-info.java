/** How soon similar vectors are found among many. */
@NullMarked
package io.millwright.benchmarks.vectors;

import org.jspecify.annotations.NullMarked;
