package io.millwright.maintenance.internal.vibration;

import io.millwright.maintenance.Diagnosis;
import io.millwright.maintenance.GearMesh;
import io.millwright.maintenance.GearTrain;
import io.millwright.maintenance.Vibration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Names the faults of gears from their teeth alone, in orders of the shaft. A tooth that is broken,
 * cracked or chipped speaks once a turn of its gear: it stands out of the synchronous average of
 * that gear, without the harmonics of mesh (Stewart 1977, McFadden 1987). A gear out of centre
 * moves the mesh up and down once a turn: sidebands beside the mesh. Where two teeth damaged each
 * other, they speak when they meet: at the hunting tooth frequency.
 */
final class ByGears {

  /** A place that stands less far out of a gear's other places is no fault. */
  private static final double LEAST = 7;

  /** An impact is heard on all gears that share its period; what is much less is another's. */
  private static final double ALIKE = 0.75;

  /** Sidebands that make up so much of the mesh are no usual runout. */
  private static final double DEPTH = 0.5;

  private static final int MOST_POINTS = 6000;

  private final GearTrain train;
  private final OrderSpectrum spectrum;
  private final List<String> notes = new ArrayList<>();

  private ByGears(GearTrain train, OrderSpectrum spectrum) {
    this.train = train;
    this.spectrum = spectrum;
  }

  /** A gear, or two that meet: what stands out of its turn, and the sidebands of its mesh. */
  private record Place(
      String name, boolean pair, GearSignal.Peak peak, double period, double depth) {

    boolean turnsAs(Place other) {
      return Math.abs(period / other.period - 1) < 1e-9;
    }
  }

  static Diagnosis of(Vibration vibration, GearTrain train) {
    GearSignal signal = GearSignal.of(vibration, train);
    ByGears gears = new ByGears(train, signal.spectrum());
    List<Place> places = gears.places(signal);
    gears.notes.clear();
    List<Place> high = gears.places(signal.envelope(vibration.sampling()));
    return gears.diagnosis(
        vibration.name(), most(high) > most(places) ? high : places, signal.note());
  }

  private static double most(List<Place> places) {
    return places.stream().mapToDouble(p -> p.peak().score()).max().orElse(0);
  }

  private List<Place> places(GearSignal signal) {
    List<Place> places = new ArrayList<>();
    for (int m = 1; m <= train.meshes().size(); m++) {
      GearMesh mesh = train.meshes().get(m - 1);
      if (signal.reach() < 1.2 * train.mesh(m)) {
        notes.add("mesh " + m + " lies beyond half the sampling rate");
        continue;
      }
      GearSignal.Averages averages = signal.averages(m);
      boolean alike = mesh.driver() == mesh.driven();
      String driver = alike ? "either gear" : "driver";
      add(places, name(m, driver, mesh.driver()), averages.driver(), m, train.shaft(m), false);
      if (!alike) {
        add(
            places,
            name(m, "driven", mesh.driven()),
            averages.driven(),
            m,
            train.shaft(m + 1),
            false);
      }
      if (mesh.pairs() > Math.max(mesh.driver(), mesh.driven())) {
        add(places, "hunting tooth of mesh " + m, averages.hunting(), m, train.hunting(m), true);
      }
    }
    return places;
  }

  private void add(
      List<Place> places, String name, GearSignal.Peak peak, int mesh, double order, boolean pair) {
    if (peak.turns() < GearSignal.TURNS) {
      notes.add(name + ": " + peak.turns() + (pair ? " meetings" : " turns") + " are too few");
    } else {
      double[] others =
          IntStream.rangeClosed(1, train.meshes().size())
              .filter(m -> m != mesh)
              .mapToDouble(train::mesh)
              .toArray();
      double depth = pair ? 0 : spectrum.depth(train.mesh(mesh), order, others);
      places.add(new Place(name, pair, peak, 1 / order, depth));
    }
  }

  private static String name(int mesh, String which, int teeth) {
    return which + " of mesh " + mesh + " (" + teeth + " teeth)";
  }

  private Diagnosis diagnosis(String name, List<Place> places, String speed) {
    Map<String, Double> scores = new LinkedHashMap<>();
    Place deepest = null;
    for (Place p : places) {
      scores.put(p.name(), p.peak().score());
      deepest = deepest == null || p.depth() > deepest.depth() ? p : deepest;
    }
    Place found = first(places);
    if (deepest != null && deepest.depth() > 0) {
      notes.add(
          String.format(
              Locale.ROOT,
              "sidebands up to %.0f %% of mesh (%s)",
              100 * deepest.depth(),
              deepest.name()));
    }
    String fault = "";
    String what = places.isEmpty() ? "nothing to look at" : "no place of any gear stands out";
    if (found != null) {
      // Two gears on one shaft turn alike: the shaft is sure, the gear is not.
      String gears =
          places.stream()
              .filter(p -> !p.pair() && p.turnsAs(found))
              .map(Place::name)
              .collect(Collectors.joining(" or "));
      fault = found.pair() ? found.name() : "tooth, " + gears;
      what =
          String.format(
              Locale.ROOT,
              "%s stands out by %.1f deviations at %.2f of its turn, in the mean of %d",
              found.name(),
              found.peak().score(),
              found.peak().place(),
              found.peak().turns());
    } else if (deepest != null && deepest.depth() > DEPTH) {
      fault = "eccentric, " + deepest.name();
      what = deepest.name() + " runs out of centre or is skew, by its sidebands";
    }
    double highest = 0;
    for (int m = 1; m <= train.meshes().size(); m++) {
      highest = Math.max(highest, train.mesh(m));
    }
    return new Diagnosis(
        name,
        fault,
        "",
        scores,
        what + speed + (notes.isEmpty() ? "" : "; " + String.join(", ", notes)),
        spectrum.picture(3.5 * highest, MOST_POINTS),
        List.of());
  }

  /** Of the places that are nearly as large as the largest the one with the shortest period. */
  private static @Nullable Place first(List<Place> places) {
    double most = 0;
    for (Place p : places) {
      most = p.peak().score() >= LEAST ? Math.max(most, p.peak().size()) : most;
    }
    Place first = null;
    for (Place p : places) {
      boolean large = p.peak().score() >= LEAST && p.peak().size() >= ALIKE * most;
      if (large && (first == null || p.period() < first.period())) {
        first = p;
      }
    }
    return first;
  }
}
