package io.millwright.supplychain;

/**
 * How well demand is met (service levels), each figure with its 95 % interval.
 *
 * @param fill the share of demand met at once (fill rate)
 * @param cycle the share of review periods without a shortage (cycle service)
 * @param ready the share of periods at whose end stock is left (ready rate)
 * @param waste how many units a period are thrown away because they perished
 */
public record StockService(Estimate fill, Estimate cycle, Estimate ready, Estimate waste) {}
