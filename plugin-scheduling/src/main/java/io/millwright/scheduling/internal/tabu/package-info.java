/**
 * Tabu search with path relinking for plain job shops and flexible job shops. Nothing here is for
 * users: it may change at any time.
 */
@NullMarked
package io.millwright.scheduling.internal.tabu;

import org.jspecify.annotations.NullMarked;
