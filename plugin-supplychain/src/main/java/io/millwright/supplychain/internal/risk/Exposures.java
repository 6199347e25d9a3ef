package io.millwright.supplychain.internal.risk;

import io.millwright.supplychain.SupplierExposure;
import io.millwright.supplychain.SupplyNetwork;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** What hangs on each supplier: the flows while it alone is away. */
final class Exposures {

  /** Stocks that last longer than this many changes of the flows last for ever. */
  private static final int MOST_CHANGES = 10_000;

  private Exposures() {}

  static List<SupplierExposure> of(SupplyNetwork network) {
    List<SupplierExposure> all = new ArrayList<>();
    Flow flow = new Flow(network);
    for (int j = 0; j < network.suppliers().size(); j++) {
      SupplyNetwork.Supplier supplier = network.suppliers().get(j);
      flow.reset();
      flow.away[j] = true;
      double time = 0;
      double survives = Double.POSITIVE_INFINITY;
      double recovers = supplier.toRecover();
      double loss = 0;
      double rate = 0;
      Set<String> runShort = new LinkedHashSet<>();
      for (int k = 0; k < MOST_CHANGES; k++) {
        rate = flow.lossRate();
        if (flow.missing() > 1e-9 && Double.isInfinite(survives)) {
          survives = time;
        }
        if (time < recovers * (1 - 1e-9)) {
          runShort.addAll(unserved(network, flow));
        }
        double lasts = flow.lasts();
        loss += rate * Math.max(0, Math.min(lasts, recovers - time));
        if (Double.isInfinite(lasts)) {
          break;
        }
        flow.pass(lasts);
        time += lasts;
      }
      all.add(
          new SupplierExposure(
              supplier.name(),
              network.items().stream()
                  .filter(
                      i -> i.sources().stream().anyMatch(s -> s.supplier().equals(supplier.name())))
                  .map(SupplyNetwork.Item::name)
                  .toList(),
              unserved(network, flow),
              List.copyOf(runShort),
              rate,
              survives,
              recovers,
              loss));
    }
    all.sort(
        Comparator.comparingDouble(SupplierExposure::lossOfOne)
            .thenComparingDouble(SupplierExposure::atRisk)
            .reversed());
    return all;
  }

  private static List<String> unserved(SupplyNetwork network, Flow flow) {
    List<String> products = new ArrayList<>();
    for (int i = 0; i < network.items().size(); i++) {
      if (network.items().get(i).demand() > 0 && !flow.isServed(i)) {
        products.add(network.items().get(i).name());
      }
    }
    return products;
  }
}
