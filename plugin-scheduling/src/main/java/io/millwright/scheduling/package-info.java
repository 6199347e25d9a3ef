/**
 * The public facade of the scheduling area: problems, plans and objectives as records, and the
 * optimiser that turns the one into the other. Only JDK and {@code io.millwright.api} types appear
 * here and semantic versioning holds; everything else of the area lives in {@code
 * io.millwright.scheduling.internal} and may change at any time.
 */
@NullMarked
package io.millwright.scheduling;

import org.jspecify.annotations.NullMarked;
