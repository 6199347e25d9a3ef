/**
 * The shop as arrays of numbers, plans as orders of operations, and their exact evaluation: what
 * every search reads and none changes. Nothing here is for users: it may change at any time.
 */
@NullMarked
package io.millwright.scheduling.internal.model;

import org.jspecify.annotations.NullMarked;
