/** Judges methods of maintenance on generated processes of which the truth is known. */
@NullMarked
package io.millwright.benchmarks.maintenance;

import org.jspecify.annotations.NullMarked;
