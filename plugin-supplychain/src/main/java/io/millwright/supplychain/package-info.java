/**
 * Demand and stock: forecasts of many series with measured bands, and orders that follow from them.
 * The facade of the plug-in: interfaces and records on the JDK and the Millwright API alone, under
 * semantic versioning. {@link io.millwright.supplychain.SupplyChain} is the way in.
 */
@NullMarked
package io.millwright.supplychain;

import org.jspecify.annotations.NullMarked;
