/**
 * The searches for any shop: first plans by rules, an incremental net of machine sequences, moves,
 * annealing islands and the search that chooses among them. A new search belongs beside the others
 * as one more {@code Island}. Nothing here is for users: it may change at any time.
 */
@NullMarked
package io.millwright.scheduling.internal.search;

import org.jspecify.annotations.NullMarked;
