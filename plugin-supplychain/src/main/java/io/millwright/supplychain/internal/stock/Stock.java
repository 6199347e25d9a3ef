package io.millwright.supplychain.internal.stock;

import io.millwright.supplychain.StockModels;
import io.millwright.supplychain.StockNetworks;
import io.millwright.supplychain.StockPlanner;

/** The door of the room. */
public final class Stock {

  private Stock() {}

  /** Orders that follow from forecasts. */
  public static StockPlanner planner() {
    return new DefaultStockPlanner();
  }

  /** The models with exact answers. */
  public static StockModels models() {
    return new DefaultStockModels();
  }

  /** Stock at several echelons. */
  public static StockNetworks networks() {
    return new DefaultStockNetworks();
  }
}
