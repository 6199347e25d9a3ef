package io.millwright.supplychain.internal.risk;

import io.millwright.runtime.simulation.CommonRandom;
import io.millwright.runtime.simulation.EventCalendar;
import io.millwright.runtime.support.KeyedRandom;
import io.millwright.supplychain.SupplyNetwork;
import java.util.List;

/** Plays one network once. Not thread-safe. */
final class Failures {

  private final SupplyNetwork network;
  private final Flow flow;
  private final double periods;
  private final EventCalendar calendar = new EventCalendar();

  Failures(SupplyNetwork network, double periods) {
    this.network = network;
    this.flow = new Flow(network);
    this.periods = periods;
  }

  /**
   * Plays.
   *
   * @param safe a supplier that never fails; -1 for none
   * @return loss, demand that was not met
   */
  double[] play(CommonRandom random, int safe) {
    flow.reset();
    calendar.clear();
    List<SupplyNetwork.Supplier> all = network.suppliers();
    KeyedRandom[] streams = new KeyedRandom[all.size()];
    for (int j = 0; j < streams.length; j++) {
      // By its name, so that a network with one supplier more meets the same failures.
      streams[j] = random.stream(all.get(j).name().hashCode());
      if (j != safe && Double.isFinite(all.get(j).betweenFailures())) {
        calendar.schedule(exponential(streams[j], all.get(j).betweenFailures()), j);
      }
    }
    double time = 0;
    double loss = 0;
    double missing = 0;
    while (time < periods) {
      boolean any = calendar.advance();
      double until = any ? Math.min(periods, calendar.now()) : periods;
      while (time < until) {
        double rate = flow.lossRate();
        double lasts = Math.min(flow.lasts(), until - time);
        loss += lasts * rate;
        missing += lasts * flow.missing();
        flow.pass(lasts);
        time = time + lasts >= until - 1e-12 * periods ? until : time + lasts;
      }
      if (!any || calendar.now() >= periods) {
        break;
      }
      int j = calendar.event();
      SupplyNetwork.Supplier supplier = all.get(j);
      flow.away[j] = !flow.away[j];
      double next =
          flow.away[j]
              ? recovery(streams[j], supplier)
              : exponential(streams[j], supplier.betweenFailures());
      calendar.schedule(calendar.now() + next, j);
    }
    return new double[] {loss, missing};
  }

  private static double exponential(KeyedRandom random, double mean) {
    return -mean * Math.log(1 - random.nextDouble());
  }

  private static double recovery(KeyedRandom random, SupplyNetwork.Supplier supplier) {
    double v = supplier.variation();
    if (v == 1) {
      return exponential(random, supplier.toRecover());
    }
    double spread = Math.sqrt(Math.log(1 + v * v));
    double normal =
        Math.sqrt(-2 * Math.log(1 - random.nextDouble()))
            * Math.cos(2 * Math.PI * random.nextDouble());
    return supplier.toRecover() * Math.exp(spread * normal - spread * spread / 2);
  }
}
