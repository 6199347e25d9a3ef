package io.millwright.maintenance.internal.state;

import io.millwright.api.ErrorCode;
import io.millwright.api.MillwrightException;
import io.millwright.api.learn.Activation;
import io.millwright.api.learn.Learning;
import io.millwright.api.learn.Loss;
import io.millwright.api.learn.Network;
import io.millwright.api.learn.Networks;
import io.millwright.api.learn.Schedule;
import io.millwright.api.spi.Composer;
import io.millwright.api.spi.Examples;
import io.millwright.api.spi.FittedNetwork;
import io.millwright.api.spi.Jobs;
import io.millwright.maintenance.StateModel;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** Chooses for each component what answers, on held-out specimens. */
final class StateSearch {

  private static final double[] SHRINKAGES = {1e-1, 1e-2, 1e-3, 1e-4, 1e-5};
  private static final double LEVEL = 0.9;

  /** More multiplications for what answers without a sensor would take minutes. */
  private static final double MOST_WORK = 2e10;

  /** One-sided 5 % of a sign test. */
  private static final double CHANCE = 1.645;

  private static final Network NETWORK = Networks.mlp(Activation.RELU, 64, 64).dropout(0.2);
  private static final Learning LEARNING =
      Learning.adamW(2e-3, 1e-2).batch(32).epochs(60).schedule(new Schedule.WarmUpCosine(0.05));

  private final Composer composer;
  private final Jobs.Control<StateModel> control;
  private final boolean tryNetwork;
  private final long key;
  private final List<String> columns;
  private final List<String> components;
  private final StateData data;
  private final List<List<String>> classes;
  private final int[][] labels;
  private final int[] fold;
  private final int folds;
  private final List<Segments> segments;
  private final List<double[][]> features;
  private final Map<String, Double> figures = new LinkedHashMap<>();
  private final Map<String, Double> frequent = new LinkedHashMap<>();
  private String without = "";

  StateSearch(
      StateData data,
      Composer composer,
      Jobs.Control<StateModel> control,
      boolean network,
      long key) {
    this.columns = data.columns;
    this.composer = composer;
    this.control = control;
    this.tryNetwork = network;
    this.key = key;
    this.data = data;
    components = data.components;
    classes = data.classes;
    labels = data.labels;
    fold = data.fold;
    folds = data.folds;
    segments = data.segments;
    features = data.features;
  }

  String protocol() {
    return "learnt from "
        + (data.blocks ? "blocks of neighbouring sequences" : "specimens")
        + " and judged on the others, "
        + data.specimens
        + " in "
        + folds
        + " folds; the choice has seen these figures"
        + without;
  }

  Map<String, Double> figures() {
    return figures;
  }

  Map<String, Double> frequent() {
    return frequent;
  }

  /** A way to answer, with what it says of each sequence that was held out. */
  private record Voice(String name, int layout, double shrinkage, double[][][] scores) {}

  StateParts run() {
    List<Voice> voices = new ArrayList<>();
    voices.add(constant());
    for (int l = 0; l < segments.size(); l++) {
      voices.addAll(discriminants(l));
    }
    Voice network = tryNetwork ? network() : null;
    List<StateParts.Layout> layouts = new ArrayList<>();
    List<Scatter> scatters = new ArrayList<>();
    for (int l = 0; l < segments.size(); l++) {
      Scatter scatter = new Scatter(features.get(l));
      scatters.add(scatter);
      layouts.add(new StateParts.Layout(segments.get(l), scatter.mean, scatter.scale));
    }
    List<StateParts.Part> parts = new ArrayList<>();
    List<Voice> answering = new ArrayList<>();
    boolean needed = false;
    int offset = 0;
    for (int k = 0; k < components.size(); k++) {
      control.checkpoint();
      Voice best = voices.get(0);
      for (Voice voice : voices) {
        best = hits(voice, k) > hits(best, k) ? voice : best;
      }
      String choice = said(best, k) + "; " + said(voices.get(0), k);
      boolean byNetwork = network != null && better(network, best, k);
      if (network != null) {
        choice = byNetwork ? said(network, k) + "; " + choice : choice + "; " + said(network, k);
      }
      Voice chosen = network != null && byNetwork ? network : best;
      needed |= byNetwork;
      figures.put("accuracy " + components.get(k), share(chosen, k));
      frequent.put("accuracy " + components.get(k), share(voices.get(0), k));
      double temperature = temperature(chosen, k);
      int size = classes.get(k).size();
      parts.add(
          new StateParts.Part(
              components.get(k),
              classes.get(k),
              chosen.layout(),
              byNetwork ? new double[0][] : weights(chosen, k, chosen.layout(), scatters),
              byNetwork ? offset : 0,
              temperature,
              threshold(chosen, k, temperature),
              choice,
              List.of()));
      answering.add(best);
      offset += size;
    }
    double reach =
        Arrays.stream(scatters.get(0).rows()).mapToDouble(StateParts::distance).max().orElse(1);
    FittedNetwork fitted = null;
    if (needed && network != null) {
      int[] all = IntStream.range(0, fold.length).toArray();
      fitted = fit(scatters.get(network.layout()).rows(), all);
    }
    List<StateParts.Part> whole = new ArrayList<>();
    List<List<StateParts.Silent>> silent = silent(parts, answering, voices.get(0), scatters);
    for (int k = 0; k < parts.size(); k++) {
      StateParts.Part p = parts.get(k);
      whole.add(
          new StateParts.Part(
              p.name(),
              p.classes(),
              p.layout(),
              p.weights(),
              p.offset(),
              p.temperature(),
              p.threshold(),
              p.choice(),
              silent.get(k)));
    }
    return new StateParts(columns, layouts, whole, fitted, reach, data.moves);
  }

  /**
   * What answers when a sensor is silent: for each component the chosen discriminant without the
   * numbers of that sensor, with the temperature and threshold that the same held-out specimens
   * give; when several are, how often states are.
   */
  private List<List<StateParts.Silent>> silent(
      List<StateParts.Part> parts, List<Voice> chosen, Voice constant, List<Scatter> scatters) {
    double work = 0;
    for (StateParts.Part part : parts) {
      work += columns.size() * Math.pow(scatters.get(part.layout()).mean.length, 3);
    }
    List<List<StateParts.Silent>> all = new ArrayList<>();
    parts.forEach(p -> all.add(new ArrayList<>()));
    if (work > MOST_WORK) {
      return all;
    }
    List<List<Voice>> without = new ArrayList<>();
    for (StateParts.Part part : parts) {
      List<Voice> own = new ArrayList<>();
      columns.forEach(c -> own.add(new Voice("without " + c, part.layout(), 0, empty())));
      without.add(own);
    }
    for (int l = 0; l < segments.size(); l++) {
      int layout = l;
      if (parts.stream().noneMatch(p -> p.layout() == layout)) {
        continue;
      }
      for (int f = 0; f < folds; f++) {
        control.checkpoint();
        int[] in = data.members(f, false);
        Scatter scatter = scatter(layout, in);
        for (int k = 0; k < parts.size(); k++) {
          for (int j = 0; parts.get(k).layout() == layout && j < columns.size(); j++) {
            double[][] weights = without(scatter, k, in, chosen.get(k), j, f);
            for (int i : data.members(f, true)) {
              double[] z = Scatter.standard(features.get(layout)[i], scatter.mean, scatter.scale);
              without.get(k).get(j).scores()[k][i] = Scatter.scores(weights, z);
            }
          }
        }
      }
    }
    int[] whole = IntStream.range(0, fold.length).toArray();
    for (int k = 0; k < parts.size(); k++) {
      Scatter scatter = scatters.get(parts.get(k).layout());
      for (int j = 0; j <= columns.size(); j++) {
        boolean several = j == columns.size();
        Voice voice = several ? constant : without.get(k).get(j);
        double temperature = several ? 1 : temperature(voice, k);
        double[][] weights =
            several
                ? weights(constant, k, parts.get(k).layout(), scatters)
                : without(scatter, k, whole, chosen.get(k), j, -1);
        all.get(k)
            .add(new StateParts.Silent(weights, temperature, threshold(voice, k, temperature)));
      }
    }
    return all;
  }

  private Scatter scatter(int layout, int[] members) {
    double[][] rows = features.get(layout);
    return new Scatter(Arrays.stream(members).mapToObj(i -> rows[i]).toArray(double[][]::new));
  }

  /** The weights of a chosen discriminant without one column, learnt from some members. */
  private double[][] without(
      Scatter scatter, int k, int[] members, Voice chosen, int column, int out) {
    int size = classes.get(k).size();
    if (!(chosen.shrinkage() > 0)) {
      return constant(k, scatter.mean.length, out);
    }
    int[] own = labels[k];
    int width = scatter.mean.length / columns.size();
    return scatter
        .discriminants(
            Arrays.stream(members).map(i -> own[i]).toArray(),
            size,
            column * width,
            (column + 1) * width,
            chosen.shrinkage())[0];
  }

  private double[][] constant(int k, int d, int out) {
    double[][] weights = new double[classes.get(k).size()][d + 1];
    double[] frequency = frequency(k, out);
    for (int c = 0; c < weights.length; c++) {
      weights[c][d] = frequency[c];
    }
    return weights;
  }

  private String said(Voice voice, int k) {
    return voice.name() + String.format(Locale.ROOT, " %.3f right", share(voice, k));
  }

  private double[][] weights(Voice voice, int k, int layout, List<Scatter> scatters) {
    Scatter scatter = scatters.get(layout);
    return voice.shrinkage() > 0
        ? scatter.discriminants(labels[k], classes.get(k).size(), voice.shrinkage())[0]
        : constant(k, scatter.mean.length, -1);
  }

  /** Logarithms of how often each state is, outside one fold. */
  private double[] frequency(int k, int out) {
    double[] count = new double[classes.get(k).size()];
    Arrays.fill(count, 0.5);
    for (int i = 0; i < fold.length; i++) {
      if (fold[i] != out && labels[k][i] >= 0) {
        count[labels[k][i]]++;
      }
    }
    double sum = Arrays.stream(count).sum();
    return Arrays.stream(count).map(c -> Math.log(c / sum)).toArray();
  }

  private double[][][] empty() {
    return new double[components.size()][fold.length][];
  }

  private Voice constant() {
    double[][][] scores = empty();
    for (int k = 0; k < components.size(); k++) {
      for (int f = 0; f < folds; f++) {
        double[] frequency = frequency(k, f);
        for (int i = 0; i < fold.length; i++) {
          scores[k][i] = fold[i] == f ? frequency : scores[k][i];
        }
      }
    }
    return new Voice("most frequent state", 0, 0, scores);
  }

  private List<Voice> discriminants(int layout) {
    List<Voice> voices = new ArrayList<>();
    int count = segments.get(layout).count();
    for (double shrinkage : SHRINKAGES) {
      String name =
          String.format(
              Locale.ROOT,
              "discriminant on %d %s, shrinkage %.0e,",
              count,
              count == 1 ? "segment" : "segments",
              shrinkage);
      voices.add(new Voice(name, layout, shrinkage, empty()));
    }
    double[][] rows = features.get(layout);
    for (int f = 0; f < folds; f++) {
      control.checkpoint();
      int[] in = data.members(f, false);
      Scatter scatter = scatter(layout, in);
      for (int k = 0; k < components.size(); k++) {
        int[] own = labels[k];
        int[] known = Arrays.stream(in).map(i -> own[i]).toArray();
        double[][][] weights = scatter.discriminants(known, classes.get(k).size(), SHRINKAGES);
        for (int i : data.members(f, true)) {
          double[] z = Scatter.standard(rows[i], scatter.mean, scatter.scale);
          for (int s = 0; s < SHRINKAGES.length; s++) {
            voices.get(s).scores()[k][i] = Scatter.scores(weights[s], z);
          }
        }
      }
    }
    return voices;
  }

  private @Nullable Voice network() {
    // The finest that a small network can take in.
    int layout = 0;
    for (int l = 0; l < segments.size(); l++) {
      layout = segments.get(l).count() <= 12 ? l : layout;
    }
    Voice voice = new Voice("network", layout, 0, empty());
    double[][] rows = features.get(layout);
    try {
      for (int f = 0; f < folds; f++) {
        control.checkpoint();
        int[] in = data.members(f, false);
        Scatter scatter =
            new Scatter(Arrays.stream(in).mapToObj(i -> rows[i]).toArray(double[][]::new));
        FittedNetwork fitted = fit(scatter.rows(), in);
        for (int i : data.members(f, true)) {
          float[] outputs =
              fitted.outputs(
                  StateParts.floats(Scatter.standard(rows[i], scatter.mean, scatter.scale)), 1);
          int from = 0;
          for (int k = 0; k < components.size(); k++) {
            int size = classes.get(k).size();
            voice.scores()[k][i] = StateParts.scores(outputs, from, size);
            from += size;
          }
        }
      }
    } catch (MillwrightException e) {
      if (!e.code().equals(ErrorCode.NO_ENGINE) && !e.code().equals(ErrorCode.DIVERGED)) {
        throw e;
      }
      without = "; no network was tried: " + e.code();
      return null;
    }
    return voice;
  }

  /** All states of all components as shares, by squared error (the Brier score). */
  private FittedNetwork fit(double[][] rows, int[] members) {
    int targets = classes.stream().mapToInt(List::size).sum();
    Examples examples =
        new Examples() {
          @Override
          public int count() {
            return members.length;
          }

          @Override
          public int inputs() {
            return rows[0].length;
          }

          @Override
          public int targets() {
            return targets;
          }

          @Override
          public void input(int example, float[] into, int at) {
            for (int j = 0; j < rows[example].length; j++) {
              into[at + j] = (float) rows[example][j];
            }
          }

          @Override
          public void target(int example, float[] into, int at) {
            int place = at;
            for (int k = 0; k < labels.length; k++) {
              int label = labels[k][members[example]];
              for (int c = 0; c < classes.get(k).size(); c++) {
                into[place++] = label < 0 ? Float.NaN : c == label ? 1 : 0;
              }
            }
          }
        };
    return composer.fit(NETWORK, Loss.mse(), LEARNING.key(key), examples, control);
  }

  private static int best(double[] scores) {
    return IntStream.range(0, scores.length)
        .boxed()
        .max(Comparator.comparingDouble(c -> scores[c]))
        .orElse(0);
  }

  private boolean right(Voice voice, int k, int i) {
    return labels[k][i] >= 0 && best(voice.scores()[k][i]) == labels[k][i];
  }

  private long hits(Voice voice, int k) {
    return IntStream.range(0, fold.length).filter(i -> right(voice, k, i)).count();
  }

  private double share(Voice voice, int k) {
    return hits(voice, k) / (double) known(k);
  }

  private long known(int k) {
    return Math.max(1, Arrays.stream(labels[k]).filter(l -> l >= 0).count());
  }

  /** Whether one is right where the other is wrong more often than by chance (McNemar 1947). */
  private boolean better(Voice one, Voice other, int k) {
    int wins = 0;
    int losses = 0;
    for (int i = 0; i < fold.length; i++) {
      boolean a = right(one, k, i);
      boolean b = right(other, k, i);
      wins += a && !b ? 1 : 0;
      losses += b && !a ? 1 : 0;
    }
    return wins - losses > CHANCE * Math.sqrt(wins + losses);
  }

  private double temperature(Voice voice, int k) {
    double best = 1;
    double least = Double.POSITIVE_INFINITY;
    for (double t = 0.125; t <= 1100; t *= 1.2) {
      double loss = 0;
      for (int i = 0; i < fold.length; i++) {
        if (labels[k][i] >= 0) {
          double p = StateParts.probabilities(voice.scores()[k][i], t)[labels[k][i]];
          loss -= Math.log(Math.max(1e-12, p));
        }
      }
      if (loss < least) {
        least = loss;
        best = t;
      }
    }
    return best;
  }

  private double threshold(Voice voice, int k, double temperature) {
    double[] doubts =
        IntStream.range(0, fold.length)
            .filter(i -> labels[k][i] >= 0)
            .mapToDouble(
                i -> 1 - StateParts.probabilities(voice.scores()[k][i], temperature)[labels[k][i]])
            .sorted()
            .toArray();
    int rank = (int) Math.ceil(LEVEL * (doubts.length + 1));
    return rank > doubts.length ? 1 : doubts[rank - 1];
  }
}
