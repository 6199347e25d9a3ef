/** Trust: explanations, watching, intervals under shift, what recording costs. */
@NullMarked
package io.millwright.benchmarks.trust;

import org.jspecify.annotations.NullMarked;
