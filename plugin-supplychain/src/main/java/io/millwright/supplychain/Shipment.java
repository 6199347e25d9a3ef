package io.millwright.supplychain;

import java.util.List;

/**
 * Goods that one vehicle takes up at one stop and brings to a later one (pickup and delivery).
 *
 * @param from the stop where they are taken up
 * @param to the stop where they are brought
 * @param amounts one for each dimension of load
 */
public record Shipment(String from, String to, List<Double> amounts) {

  /** Copies. */
  public Shipment {
    amounts = List.copyOf(amounts);
  }
}
