/**
 * Bounds and proofs by a solver beside the search. Nothing here is for users: it may change at any
 * time.
 */
@NullMarked
package io.millwright.scheduling.internal.exact;

import org.jspecify.annotations.NullMarked;
