package io.millwright.supplychain.internal.routing;

import io.millwright.runtime.support.Digest;
import io.millwright.supplychain.RoutingProblem;
import io.millwright.supplychain.Shipment;
import io.millwright.supplychain.Stop;
import io.millwright.supplychain.Vehicle;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** The digest of a problem: of its figures in a fixed order, without draft and price of changes. */
final class ProblemDigest {

  private final Digest sha = new Digest();

  private ProblemDigest() {}

  static String of(RoutingProblem p) {
    ProblemDigest d = new ProblemDigest();
    d.text(p.name());
    for (Vehicle v : p.vehicles()) {
      d.text(v.id());
      d.figures(v.count(), v.start(), v.end(), v.earliest(), v.latest(), v.fixedCost());
      d.figures(v.costPerDistance(), v.costPerTime(), v.longest(), v.hours());
      d.list(v.capacity());
      v.skills().forEach(d::text);
    }
    int[] places = p.stops().stream().mapToInt(Stop::location).toArray();
    for (Stop s : p.stops()) {
      d.text(s.id());
      d.figures(s.location(), s.ready(), s.due(), s.service(), s.prize().orElse(-1));
      d.list(s.deliver());
      d.list(s.collect());
      s.uncertain()
          .ifPresent(
              u -> {
                d.list(u.probabilities());
                d.list(u.quantiles());
              });
      s.needs().forEach(d::text);
    }
    for (Shipment s : p.shipments()) {
      d.text(s.from());
      d.text(s.to());
      d.list(s.amounts());
    }
    // Ways from stop to the next stop and from every vehicle: all pairs of large problems would
    // cost more than the search.
    int step = places.length <= 1000 ? 1 : places.length / 1000;
    for (int i = 0; i < places.length; i += step) {
      for (int j = 0; j < places.length; j += step) {
        d.figures(p.travel().distance(places[i], places[j]), p.travel().time(places[i], places[j]));
      }
      for (Vehicle v : p.vehicles()) {
        d.figures(p.travel().distance(v.start(), places[i]));
        d.figures(p.travel().distance(places[i], v.end()));
      }
    }
    return d.sha.hex();
  }

  private void text(String s) {
    byte[] bytes = s.getBytes(StandardCharsets.UTF_8);
    figures(bytes.length);
    sha.add(bytes);
  }

  private void list(List<Double> amounts) {
    figures(amounts.size());
    amounts.forEach(a -> figures(a));
  }

  private void figures(double... values) {
    sha.add(values);
  }
}
