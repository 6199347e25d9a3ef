/** How well causes are found: structures of known networks, roots of planted shifts. */
@NullMarked
package io.millwright.benchmarks.causes;

import org.jspecify.annotations.NullMarked;
