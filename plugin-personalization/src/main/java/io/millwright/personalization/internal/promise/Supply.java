package io.millwright.personalization.internal.promise;

import io.millwright.api.ErrorCode;
import io.millwright.api.MillwrightException;
import io.millwright.api.plan.WorkOrder;
import io.millwright.personalization.Promises;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Which receipts each order waits for: stock and receipts go to orders in their order. */
final class Supply {

  private final List<WorkOrder> orders;
  private final List<Promises.Receipt> receipts;
  private final List<Set<Integer>> waits = new ArrayList<>();

  Supply(List<WorkOrder> orders, Promises.Situation situation) {
    this.orders = orders;
    this.receipts =
        situation.receipts().stream()
            .sorted(Comparator.comparingLong(Promises.Receipt::at))
            .toList();
    Map<String, Double> stock = new HashMap<>(situation.stock());
    double[] left = receipts.stream().mapToDouble(Promises.Receipt::quantity).toArray();
    for (WorkOrder order : orders) {
      Set<Integer> of = new HashSet<>();
      for (WorkOrder.Material m : order.materials()) {
        double need = m.quantity();
        double taken = Math.min(need, stock.getOrDefault(m.item(), 0.0));
        stock.merge(m.item(), -taken, Double::sum);
        need -= taken;
        for (int r = 0; r < left.length && need > 1e-9; r++) {
          if (receipts.get(r).item().equals(m.item()) && left[r] > 0) {
            double part = Math.min(need, left[r]);
            left[r] -= part;
            need -= part;
            of.add(r);
          }
        }
        if (need > 1e-9) {
          throw new MillwrightException(
              ErrorCode.NO_SOLUTION,
              "order "
                  + order.id()
                  + " lacks "
                  + need
                  + " of "
                  + m.item()
                  + ": neither in stock nor coming\nMaybe order it, and add the receipt");
        }
      }
      waits.add(of);
    }
  }

  /** The orders with the releases that their material allows by plan. */
  List<WorkOrder> planned() {
    List<WorkOrder> all = new ArrayList<>();
    for (int o = 0; o < orders.size(); o++) {
      WorkOrder w = orders.get(o);
      long release = w.release();
      for (int r : waits.get(o)) {
        release = Math.max(release, receipts.get(r).at());
      }
      all.add(
          new WorkOrder(
              w.id(), w.product(), w.quantity(), w.steps(), w.materials(), release, w.due()));
    }
    return all;
  }

  List<Promises.Receipt> receipts() {
    return receipts;
  }

  /** The receipts that an order waits for. */
  Set<Integer> of(int order) {
    return waits.get(order);
  }

  long release(int order) {
    return orders.get(order).release();
  }
}
