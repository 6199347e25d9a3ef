/**
 * Stock: levels from forecasts, plays on a history, and the models with exact answers. {@link
 * io.millwright.supplychain.internal.stock.Stock} is the door. Internal: may change in any release.
 */
@NullMarked
package io.millwright.supplychain.internal.stock;

import org.jspecify.annotations.NullMarked;
