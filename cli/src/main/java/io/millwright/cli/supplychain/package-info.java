/** Commands of the supply chain: forecasts of demand and levels of stock. */
@NullMarked
package io.millwright.cli.supplychain;

import org.jspecify.annotations.NullMarked;
