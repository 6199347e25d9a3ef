/**
 * Growing trees for tables: histograms of prepared features (Ke et al. 2017), single trees (CART;
 * Breiman et al. 1984) and boosted ones (Friedman 2001; Chen and Guestrin 2016). It knows numbers
 * alone, neither recipes nor bundles. Not for users of the SDK.
 */
@NullMarked
package io.millwright.core.learn.tree;

import org.jspecify.annotations.NullMarked;
