/**
 * Line balancing: stations are filled one after the other, from both ends of the line, with a
 * memory of what was seen (branch, bound and remember). Internal.
 */
@NullMarked
package io.millwright.production.internal.balance;

import org.jspecify.annotations.NullMarked;
