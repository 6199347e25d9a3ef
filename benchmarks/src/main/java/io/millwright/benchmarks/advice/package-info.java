/** How good advice on settings is where the optimum is known. */
@NullMarked
package io.millwright.benchmarks.advice;

import org.jspecify.annotations.NullMarked;
