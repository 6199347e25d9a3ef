/** How fast tables and signals come in. Nothing of it is published. */
@NullMarked
package io.millwright.benchmarks.connect;

import org.jspecify.annotations.NullMarked;
