package io.millwright.supplychain.internal.forecast;

import io.millwright.api.Progress;
import io.millwright.api.spi.Composer;
import io.millwright.api.spi.Jobs;
import io.millwright.supplychain.ForecastMethod;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntFunction;

/** Learns a {@link SmoothGroup} from the series of one frequency. Used once, by one thread. */
final class SmoothTraining {

  private static final int ORIGINS = 3;
  private static final int MOST_ORIGINS = 12;

  /** So many origins of all series together are enough. */
  private static final int ENOUGH = 400;

  /** Choice and bands of more series than this are learnt from so many of them. */
  private static final int MOST_SERIES = 2000;

  /** With fewer late origins than this, early ones have a say in the bands too. */
  private static final int LEAST_LATE = 30;

  private static final double SHARE_STEP = 0.1;
  private static final double MOST_SHARE = 0.8;

  /** How much better a forecast with networks must be before they get any share. */
  private static final double DOUBT = 0.002;

  /** So many standard errors a model that learnt nothing here must be better. */
  private static final double SURE = 2;

  private final String name;
  private final List<Past> pasts;
  private final int horizon;
  private final Settings settings;
  private final Jobs.Control<?> control;
  private final Lanes lanes;
  private final List<List<Origin>> origins = new ArrayList<>();

  private double[] shares = {};

  /** Whether only origins count that show the season. */
  private boolean late;

  /** What the voice said at the latest origins of each series, as many as it was asked at. */
  private final List<List<Optional<double[]>>> said = new ArrayList<>();

  /** The errors at rolling origins of what was chosen, and of each thing alone. */
  private final Map<String, Score> scores = new LinkedHashMap<>();

  private final Map<Place, double[]> judged = new LinkedHashMap<>();

  SmoothTraining(
      String name,
      List<Past> pasts,
      int horizon,
      Settings settings,
      Jobs.Control<?> control,
      Lanes lanes) {
    this.name = name;
    this.pasts = some(pasts);
    this.horizon = horizon;
    this.settings = settings;
    this.control = control;
    this.lanes = lanes;
  }

  /** As many of all as say what there is to say, spread evenly. */
  private static List<Past> some(List<Past> all) {
    int count = Math.min(MOST_SERIES, all.size());
    List<Past> some = new ArrayList<>(count);
    for (int i = 0; i < count; i++) {
      some.add(all.get((int) ((long) i * all.size() / count)));
    }
    return some;
  }

  Map<String, Score> scores() {
    return scores;
  }

  /**
   * Where a forecast was judged.
   *
   * @param series the number of the series
   * @param at after how many periods
   */
  record Place(int series, int at) {}

  /** What was chosen and said at each origin that is judged. */
  Map<Place, double[]> judged() {
    return judged;
  }

  /** Adds the errors of a forecast at an origin of these series. */
  void add(Score score, Place place, double[] mean) {
    origins.get(place.series()).stream()
        .filter(o -> o.at() == place.at())
        .forEach(o -> score.add(o.truth(), mean, o.naive()));
  }

  /** The mean share of each method. */
  double[] shares() {
    return shares;
  }

  SmoothGroup run(Composer composer) {
    List<ForecastMethod> methods = settings.candidates();
    int most = Math.max(ORIGINS, Math.min(MOST_ORIGINS, ENOUGH / pasts.size()));
    @SuppressWarnings({"unchecked", "rawtypes"}) // Java has no arrays of lists.
    List<Origin>[] found = new List[pasts.size()];
    AtomicInteger done = new AtomicInteger();
    lanes.each(
        found.length,
        i -> {
          control.checkpoint();
          found[i] = Origin.of(pasts.get(i), methods, horizon, most);
          int n = done.incrementAndGet();
          if (n % 100 == 1) {
            report("methods at rolling origins", (double) n / found.length);
          }
        });
    origins.addAll(List.of(found));
    Combination combination = new Combination(methods, pasts, origins);
    Gate chosen =
        settings.methods().isEmpty() ? combination.choose(lanes) : Gate.equal(methods.size());
    for (ForecastMethod method : methods) {
      scores.put(
          method.name().toLowerCase(Locale.ROOT).replace('_', ' '), combination.score(method));
    }
    shares = combination.shares(chosen);
    late = lateOnes() >= LEAST_LATE;
    double share = 0;
    Voice voice = Deep.none();
    if (settings.networks() > 0) {
      Voice judged = networksUntilTheLatest(composer);
      share = share("networks", j -> Optional.of(judged), 1, chosen);
      voice = share > 0 ? networks(positive(pasts), settings.networks(), composer, 0.9) : voice;
    } else if (settings.model().isPresent()) {
      Voice model = new Pretrained(settings.model().get());
      report("series model at rolling origins", 0.5);
      share = share("series model", j -> Optional.of(model), most, chosen);
      voice = share > 0 ? model : voice;
    } else if (settings.methods().isEmpty()) {
      Optional<Autoregression> whole = Autoregression.train(pasts, lanes);
      if (whole.isPresent()) {
        report("autoregression of all series", 0.5);
        share = share("autoregression", this::autoregression, most, chosen);
        voice = share > 0 ? whole.get() : voice;
      }
    }
    double ratio = ratio(chosen);
    Bands bands = bands(chosen, share, ratio);
    judge(chosen, share);
    scores.put("chosen", share > 0 ? spoken(chosen, share) : combination.score(chosen));
    return new SmoothGroup(horizon, methods, chosen, voice, share, ratio, bands);
  }

  private void judge(Gate chosen, double share) {
    for (int i = 0; i < pasts.size(); i++) {
      for (int j = 0; j < (share > 0 ? said.get(i) : origins.get(i)).size(); j++) {
        Origin origin = origins.get(i).get(j);
        if (Combination.isLate(origin, pasts.get(i))) {
          judged.put(new Place(i, origin.at()), mean(i, j, chosen, share));
        }
      }
    }
  }

  private int lateOnes() {
    int count = 0;
    for (int i = 0; i < pasts.size(); i++) {
      for (Origin origin : origins.get(i)) {
        count += Combination.isLate(origin, pasts.get(i)) ? 1 : 0;
      }
    }
    return count;
  }

  private void report(String stage, double done) {
    control.report(
        new Progress(
            name + ": " + stage,
            OptionalDouble.of(Math.min(1, done)),
            control.elapsed(),
            Optional.empty(),
            Map.of()));
  }

  private static List<Past> positive(List<Past> all) {
    return all.stream().filter(Past::isPositive).toList();
  }

  private Deep networks(List<Past> known, int count, Composer composer, double done) {
    return Deep.train(
        known,
        horizon,
        count,
        settings.learning(),
        composer,
        control,
        () -> report("networks", done));
  }

  /** Networks that have not seen the last horizon; half as many are enough to be judged. */
  private Voice networksUntilTheLatest(Composer composer) {
    List<Past> known = new ArrayList<>();
    for (int i = 0; i < pasts.size(); i++) {
      if (!origins.get(i).isEmpty()) {
        known.add(pasts.get(i).until(origins.get(i).get(0).at()));
      }
    }
    return networks(positive(known), (settings.networks() + 1) / 2, composer, 0.5);
  }

  /** An autoregression that has not seen what follows an origin, counted from the latest. */
  private Optional<Voice> autoregression(int origin) {
    List<Past> known = new ArrayList<>();
    for (int i = 0; i < pasts.size(); i++) {
      if (origins.get(i).size() > origin) {
        known.add(pasts.get(i).until(origins.get(i).get(origin).at()));
      }
    }
    return Autoregression.train(known, lanes).map(a -> a);
  }

  /**
   * How much weight a voice deserves, judged at origins whose future it has not seen.
   *
   * @param voices the voice of each origin, counted from the latest; empty for none
   */
  private double share(String title, IntFunction<Optional<Voice>> voices, int most, Gate chosen) {
    List<Optional<Voice>> heard = new ArrayList<>();
    for (int j = 0; j < most; j++) {
      heard.add(voices.apply(j));
    }
    @SuppressWarnings({"unchecked", "rawtypes"}) // Java has no arrays of lists.
    List<Optional<double[]>>[] found = new List[pasts.size()];
    lanes.each(
        found.length,
        i -> {
          control.checkpoint();
          found[i] = new ArrayList<>();
          for (int j = 0; j < Math.min(most, origins.get(i).size()); j++) {
            Past known = pasts.get(i).until(origins.get(i).get(j).at());
            found[i].add(heard.get(j).flatMap(voice -> voice.forecast(known, horizon)));
          }
        });
    said.addAll(List.of(found));
    Score alone = new Score();
    for (int i = 0; i < pasts.size(); i++) {
      for (int j = 0; j < said.get(i).size(); j++) {
        Origin origin = origins.get(i).get(j);
        said.get(i).get(j).ifPresent(s -> alone.add(origin.truth(), s, origin.naive()));
      }
    }
    scores.put(title, alone);
    Score reference = spoken(chosen, 0);
    double best = 0;
    double least = 1 - DOUBT;
    for (int k = 1; k * SHARE_STEP <= MOST_SHARE + 1e-9; k++) {
      double value = spoken(chosen, k * SHARE_STEP).against(reference);
      if (value < least) {
        least = value;
        best = k * SHARE_STEP;
      }
    }
    return best > 0 && most > 1 && !isSurelyBetter(chosen, best, reference) ? 0 : best;
  }

  /**
   * Whether a share is better by two standard errors, each series counting once, and at its latest
   * origin as well as over all: what won once for many series that move together is no proof.
   */
  private boolean isSurelyBetter(Gate chosen, double share, Score reference) {
    for (int most : new int[] {1, Integer.MAX_VALUE}) {
      double sum = 0;
      double squares = 0;
      int count = 0;
      for (int i = 0; i < said.size(); i++) {
        Score with = new Score();
        Score without = new Score();
        for (int j = 0; j < Math.min(most, said.get(i).size()); j++) {
          Origin origin = origins.get(i).get(j);
          if (isJudge(i, origin)) {
            with.add(origin.truth(), mean(i, j, chosen, share), origin.naive());
            without.add(origin.truth(), mean(i, j, chosen, 0), origin.naive());
          }
        }
        if (without.count() > 0) {
          double gain = without.against(reference) - with.against(reference);
          sum += gain;
          squares += gain * gain;
          count++;
        }
      }
      double mean = sum / count;
      double error = Math.sqrt(Math.max(0, squares / count - mean * mean) / count);
      if (!(mean > SURE * error)) {
        return false;
      }
    }
    return true;
  }

  /** The errors at the origins that the voice was asked at. */
  private Score spoken(Gate chosen, double share) {
    Score score = new Score();
    for (int i = 0; i < said.size(); i++) {
      for (int j = 0; j < said.get(i).size(); j++) {
        Origin origin = origins.get(i).get(j);
        if (isJudge(i, origin)) {
          score.add(origin.truth(), mean(i, j, chosen, share), origin.naive());
        }
      }
    }
    return score;
  }

  private double[] mean(int series, int origin, Gate chosen, double share) {
    double[] methods = origins.get(series).get(origin).mean(chosen);
    return share > 0 ? SmoothGroup.mixed(methods, said.get(series).get(origin), share) : methods;
  }

  /** The median, over series, of errors over some periods against one-step errors so grown. */
  private double ratio(Gate chosen) {
    int step = Origin.step(horizon);
    double[] ratios =
        origins.stream()
            .flatMap(List::stream)
            .mapToDouble(
                o ->
                    o.error(o.mean(chosen), step)
                        / Origin.error(o.seen().fits(), o.weights(chosen))
                        / o.seen().several(step))
            .filter(r -> r > 0 && Double.isFinite(r))
            .sorted()
            .toArray();
    return ratios.length == 0 ? 1 : ratios[ratios.length / 2];
  }

  private Bands bands(Gate chosen, double share, double ratio) {
    int step = Origin.step(horizon);
    List<double[]> periods = new ArrayList<>();
    List<double[]> totals = new ArrayList<>();
    for (int i = 0; i < origins.size(); i++) {
      List<Origin> series = origins.get(i);
      for (int j = 0; j < (share > 0 ? said.get(i).size() : series.size()); j++) {
        Origin origin = series.get(j);
        Seen seen = origin.seen();
        double scale =
            SmoothGroup.scale(seen, origin.weights(chosen), origin.own(), horizon, ratio);
        if (scale > 0 && isJudge(i, origin)) {
          double[] mean = mean(i, j, chosen, share);
          double[] single = SmoothGroup.times(scale, seen.growth(step, horizon));
          double[] sums = SmoothGroup.times(scale, seen.growthOfSums(step, horizon));
          periods.add(scores(origin.truth(), mean, single));
          totals.add(totals(origin.truth(), mean, sums));
        }
      }
    }
    return Bands.of(periods, totals, horizon);
  }

  /** Early origins, where a season cannot be seen yet, have errors that will not come again. */
  private boolean isJudge(int series, Origin origin) {
    return !late || Combination.isLate(origin, pasts.get(series));
  }

  private static double[] scores(double[] truth, double[] mean, double[] scale) {
    double[] z = new double[truth.length];
    for (int h = 0; h < z.length; h++) {
      z[h] = (truth[h] - mean[h]) / scale[h];
    }
    return z;
  }

  /** A sum with a missing period is missing. */
  private static double[] totals(double[] truth, double[] mean, double[] scale) {
    double[] z = new double[truth.length];
    double sum = 0;
    for (int h = 0; h < z.length; h++) {
      sum += truth[h] - mean[h];
      z[h] = sum / scale[h];
    }
    return z;
  }
}
