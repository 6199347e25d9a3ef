package io.millwright.production.internal.load;

import io.millwright.api.ErrorCode;
import io.millwright.api.MillwrightException;
import io.millwright.api.spi.ComposedModel;
import io.millwright.api.spi.FittedNetwork;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/** What was learnt as texts and numbers of a bundle, and back with everything checked. */
final class LoadCodec {

  final SortedMap<String, String> texts = new TreeMap<>();
  final SortedMap<String, List<Double>> numbers = new TreeMap<>();
  final SortedMap<String, FittedNetwork> networks = new TreeMap<>();

  private LoadCodec() {}

  static LoadCodec write(LoadParts parts) {
    LoadCodec codec = new LoadCodec();
    codec.numbers.put(
        "head", List.of((double) parts.day(), (double) parts.week(), parts.positive() ? 1.0 : 0.0));
    for (int i = 0; i < parts.columns().size(); i++) {
      codec.texts.put(String.format(Locale.ROOT, "known-%03d", i), parts.columns().get(i));
    }
    List<Double> steps = new ArrayList<>();
    for (StepModel s : parts.steps()) {
      steps.add((double) s.ahead());
      String at = "step-" + s.ahead() + "/";
      codec.put(at + "centre", s.centre());
      codec.put(at + "spread", s.spread());
      codec.put(at + "linear", s.linear());
      codec.put(at + "level", s.level(), s.scale());
      codec.put(at + "mean", s.meanWeights());
      codec.put(at + "median", s.medianWeights());
      codec.put(at + "offsets", s.offsets());
      codec.put(at + "shape", s.shape());
      for (int k = 0; k < s.quantiles().size(); k++) {
        codec.networks.put(at + "quantiles-" + (char) ('a' + k), s.quantiles().get(k));
        codec.networks.put(at + "mean-" + (char) ('a' + k), s.means().get(k));
      }
    }
    codec.numbers.put("steps", steps);
    return codec;
  }

  private void put(String name, double... values) {
    numbers.put(name, Arrays.stream(values).boxed().toList());
  }

  static LoadParts read(ComposedModel model) {
    double[] head = get(model, "head", 3);
    int day = whole(head[0], 1, 100_000, "head");
    int week = whole(head[1], day, 1_000_000, "head");
    List<String> columns = new ArrayList<>(model.texts().values());
    List<Double> steps = model.numbers().getOrDefault("steps", List.of());
    if (steps.isEmpty() || steps.size() > 1000) {
      throw bad("steps", "has " + steps.size() + " values");
    }
    List<StepModel> models = new ArrayList<>();
    int before = 0;
    for (double step : steps) {
      int ahead = whole(step, before + 1, 10_000, "steps");
      before = ahead;
      models.add(step(model, ahead, features(day, week, columns.size())));
    }
    return new LoadParts(day, week, columns, head[2] != 0, models);
  }

  private static int features(int day, int week, int known) {
    int calendar = (day > 1 ? 8 : 0) + (week > day ? week / day : 0);
    return 28 + calendar + 3 * known;
  }

  private static StepModel step(ComposedModel model, int ahead, int p) {
    String at = "step-" + ahead + "/";
    List<FittedNetwork> quantiles = new ArrayList<>();
    List<FittedNetwork> means = new ArrayList<>();
    for (Map.Entry<String, FittedNetwork> e : model.networks().entrySet()) {
      boolean ofQuantiles = e.getKey().startsWith(at + "quantiles-");
      if (!ofQuantiles && !e.getKey().startsWith(at + "mean-")) {
        continue;
      }
      int outputs = ofQuantiles ? StepModel.PROBABILITIES.length : 1;
      if (e.getValue().inputs() != p + 1 || e.getValue().outputs() != outputs) {
        throw bad(e.getKey(), "has another shape");
      }
      (ofQuantiles ? quantiles : means).add(e.getValue());
    }
    if (quantiles.size() != means.size()) {
      throw bad(at, "has " + quantiles.size() + " and " + means.size() + " networks");
    }
    double[] spread = get(model, at + "spread", p);
    double[] level = get(model, at + "level", 2);
    for (double s : spread) {
      if (!(s > 0)) {
        throw bad(at + "spread", "holds " + s);
      }
    }
    if (!(level[1] > 0)) {
      throw bad(at + "level", "holds " + level[1]);
    }
    return new StepModel(
        ahead,
        get(model, at + "centre", p),
        spread,
        get(model, at + "linear", p + 1),
        level[0],
        level[1],
        List.copyOf(quantiles),
        List.copyOf(means),
        get(model, at + "mean", 4),
        get(model, at + "median", 3),
        get(model, at + "offsets", StepModel.PROBABILITIES.length),
        // Older models took the whole spread of their networks.
        model.numbers().containsKey(at + "shape") ? get(model, at + "shape", 1)[0] : 1);
  }

  private static double[] get(ComposedModel model, String name, int size) {
    List<Double> values = model.numbers().getOrDefault(name, List.of());
    if (values.size() != size) {
      throw bad(name, "has " + values.size() + " values, not " + size);
    }
    double[] array = values.stream().mapToDouble(v -> v).toArray();
    for (double v : array) {
      if (!Double.isFinite(v)) {
        throw bad(name, "holds " + v);
      }
    }
    return array;
  }

  private static int whole(double v, int low, int high, String name) {
    if (!(v >= low && v <= high) || v != Math.rint(v)) {
      throw bad(name, "holds " + v);
    }
    return (int) v;
  }

  private static MillwrightException bad(String name, String what) {
    return new MillwrightException(
        ErrorCode.BAD_BUNDLE,
        "parameter " + name + " " + what + "\nMaybe the bundle was altered, or is of another kind");
  }
}
