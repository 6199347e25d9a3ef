/**
 * Decision trees (CART; Breiman et al. 1984) as plain data: growing and pruning them, reading them
 * as rules, drawing them. Used as a model of its own and as a surrogate of another. Public: hosts
 * and plug-ins may use it.
 */
@NullMarked
package io.millwright.runtime.tree;

import org.jspecify.annotations.NullMarked;
