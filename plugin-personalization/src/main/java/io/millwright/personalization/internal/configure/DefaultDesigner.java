package io.millwright.personalization.internal.configure;

import io.millwright.api.Budget;
import io.millwright.api.ErrorCode;
import io.millwright.api.Flag;
import io.millwright.api.Job;
import io.millwright.api.MillwrightException;
import io.millwright.api.ObjectiveValue;
import io.millwright.api.Outcome;
import io.millwright.api.Predictor;
import io.millwright.api.Solution;
import io.millwright.api.data.Column;
import io.millwright.api.data.Row;
import io.millwright.api.data.Schema;
import io.millwright.api.spi.Composer;
import io.millwright.api.spi.Jobs;
import io.millwright.personalization.ConfigurationGoal;
import io.millwright.personalization.Configurator;
import io.millwright.personalization.Designer;
import io.millwright.personalization.Feature;
import io.millwright.personalization.ProductModel;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.SplittableRandom;
import java.util.function.Predicate;

/**
 * Looks at all valid configurations, the cheapest first, where they are few; otherwise climbs from
 * many beginnings.
 */
final class DefaultDesigner implements Designer {

  /** So many combinations are looked through one by one. */
  private static final long FEW = 200_000;

  private static final int BATCH = 64;
  private static final long MOST_PREDICTIONS = 1_000_000;

  private final Configurator configurator;
  private final ProductModel model;
  private final Predictor<Row, ? extends Number> property;
  private final Composer composer;
  private final Jobs jobs;
  private final Schema schema;

  DefaultDesigner(
      Configurator configurator,
      Predictor<Row, ? extends Number> property,
      Composer composer,
      Jobs jobs) {
    this.configurator = configurator;
    this.model = configurator.model();
    this.property = property;
    this.composer = composer;
    this.jobs = jobs;
    this.schema = property.info().inputs();
    for (Column c : schema.columns()) {
      Feature f = model.feature(c.name());
      if (c.type().isNumeric() && !f.isNumeric()) {
        throw new MillwrightException(
            ErrorCode.WRONG_TYPE,
            "the property model needs numbers of "
                + c.name()
                + ", but its choices are names\nMaybe give the feature numbers");
      }
    }
  }

  @Override
  public Job<Solution<Design>> optimize(
      ConfigurationGoal goal, double least, double level, Budget budget) {
    if (!(level >= 0.5 && level < 1) || !Double.isFinite(least)) {
      throw new MillwrightException(
          ErrorCode.BAD_OPTION,
          "a property of at least "
              + least
              + " with probability "
              + level
              + "\nMaybe use a level from 0.5 to below 1, such as 0.95");
    }
    return jobs.start(
        "design", budget.time(), control -> new Search(goal, least, level, budget, control).run());
  }

  private final class Search {
    private final ConfigurationGoal goal;
    private final double least;
    private final double level;
    private final long most;
    private final Jobs.Control<Solution<Design>> control;
    private final Map<Map<String, String>, double[]> seen = new HashMap<>();
    private long predictions;
    private @org.jspecify.annotations.Nullable Design best;
    private double bestCost = Double.POSITIVE_INFINITY;

    Search(
        ConfigurationGoal goal,
        double least,
        double level,
        Budget budget,
        Jobs.Control<Solution<Design>> control) {
      this.goal = goal;
      this.least = least;
      this.level = level;
      this.most = budget.iterations().orElse(MOST_PREDICTIONS);
      this.control = control;
    }

    Solution<Design> run() {
      double product = 1;
      for (Feature f : model.features()) {
        product *= f.choices().size();
      }
      boolean all = product <= FEW && everything();
      if (product > FEW) {
        climb();
      }
      Design found = best;
      if (found == null) {
        return new Solution<>(
            Optional.empty(),
            all ? Solution.End.INFEASIBLE : Solution.End.NONE_FOUND,
            List.of(),
            composer.provenance("", 0, Map.of(), false));
      }
      return new Solution<>(
          Optional.of(found),
          all ? Solution.End.OPTIMAL : Solution.End.FEASIBLE,
          List.of(
              ObjectiveValue.builder()
                  .name("cost")
                  .value(bestCost)
                  .bound(all ? OptionalDouble.of(bestCost) : OptionalDouble.empty())
                  .foundBy(all ? "enumeration by rising cost" : "local search")
                  .provedBy(all ? "enumeration by rising cost" : "")
                  .build()),
          composer.provenance("", 0, Map.of(), false));
    }

    /** Whether the cheapest good design is proven, or that there is none. */
    private boolean everything() {
      List<Map<String, String>> valid = new ArrayList<>();
      fill(0, new LinkedHashMap<>(), valid::add);
      valid.sort(Comparator.comparingDouble(this::cost));
      for (int from = 0; from < valid.size(); from += BATCH) {
        if (control.stopped() || predictions >= most) {
          return false;
        }
        List<Map<String, String>> batch = valid.subList(from, Math.min(valid.size(), from + BATCH));
        List<double[]> answers = predict(batch);
        for (int k = 0; k < batch.size(); k++) {
          if (answers.get(k)[1] >= least) {
            take(batch.get(k), answers.get(k));
            return true;
          }
        }
      }
      return true;
    }

    private void fill(
        int f, Map<String, String> now, java.util.function.Consumer<Map<String, String>> use) {
      if (f == model.features().size()) {
        if (model.broken(now).isEmpty()) {
          use.accept(new LinkedHashMap<>(now));
        }
        return;
      }
      Feature feature = model.features().get(f);
      for (Feature.Choice c : feature.choices()) {
        now.put(feature.name(), c.name());
        fill(f + 1, now, use);
      }
      now.remove(feature.name());
    }

    /** From random valid beginnings: one feature at a time, as long as it gets better. */
    private void climb() {
      SplittableRandom random = new SplittableRandom(17);
      while (!control.stopped() && predictions < most) {
        Configurator.Configuration at = configurator.start();
        for (Feature f : model.features()) {
          List<String> left = List.copyOf(at.possible().getOrDefault(f.name(), java.util.Set.of()));
          at = configurator.choose(at, f.name(), left.get(random.nextInt(left.size())));
        }
        Map<String, String> now = new LinkedHashMap<>(at.chosen());
        double value = value(now);
        boolean better = true;
        while (better && !control.stopped() && predictions < most) {
          better = false;
          for (Feature f : model.features()) {
            for (Feature.Choice c : f.choices()) {
              Map<String, String> next = new LinkedHashMap<>(now);
              next.put(f.name(), c.name());
              if (next.equals(now) || !model.broken(next).isEmpty()) {
                continue;
              }
              double then = value(next);
              if (then < value) {
                now = next;
                value = then;
                better = true;
              }
            }
          }
        }
      }
    }

    /** The cost; where the property falls short a large amount that shrinks towards the limit. */
    private double value(Map<String, String> configuration) {
      double[] answer = seen.computeIfAbsent(configuration, c -> predict(List.of(c)).get(0));
      if (answer[1] >= least) {
        double cost = cost(configuration);
        if (cost < bestCost) {
          take(configuration, answer);
        }
        return cost;
      }
      double gap = Double.isFinite(answer[1]) ? least - answer[1] : Double.MAX_VALUE / 1e10;
      return 1e30 * (1 + gap / (1 + gap)) + gap;
    }

    private void take(Map<String, String> configuration, double[] answer) {
      bestCost = cost(configuration);
      Design design =
          new Design(
              new Configurator.Completion(configuration, model.measures(configuration), List.of()),
              answer[0],
              answer[1],
              predictions);
      best = design;
      control.best(
          new Solution<>(
              Optional.of(design),
              Solution.End.FEASIBLE,
              List.of(
                  ObjectiveValue.builder()
                      .name("cost")
                      .value(bestCost)
                      .foundBy("local search")
                      .build()),
              composer.provenance("", 0, Map.of(), false)));
    }

    private double cost(Map<String, String> configuration) {
      Map<String, Double> measures = model.measures(configuration);
      double cost = 0;
      for (Map.Entry<String, Double> w : goal.weights().entrySet()) {
        cost += w.getValue() * measures.getOrDefault(w.getKey(), 0.0);
      }
      for (Map.Entry<String, Double> w : goal.worth().entrySet()) {
        int cut = w.getKey().indexOf('=');
        if (w.getKey()
            .substring(cut + 1)
            .equals(configuration.get(w.getKey().substring(0, Math.max(0, cut))))) {
          cost -= w.getValue();
        }
      }
      return cost;
    }

    /** Value and lower bound of each; negative infinity where the model would rather not say. */
    private List<double[]> predict(List<Map<String, String>> batch) {
      predictions += batch.size();
      List<Row> rows = batch.stream().map(this::row).toList();
      List<double[]> answers = new ArrayList<>();
      Predicate<Outcome.Prediction<? extends Number>> sound =
          p ->
              !p.flags().contains(Flag.OUTSIDE_TRAINING_RANGE)
                  && !p.flags().contains(Flag.UNKNOWN_CATEGORY);
      for (Outcome<? extends Number> o : property.predictAll(rows)) {
        if (o instanceof Outcome.Prediction<? extends Number> p && sound.test(p)) {
          double bound = p.uncertainty().quantiles(1 - level)[0];
          answers.add(
              new double[] {
                p.value().doubleValue(), Double.isNaN(bound) ? Double.NEGATIVE_INFINITY : bound
              });
        } else {
          answers.add(new double[] {Double.NaN, Double.NEGATIVE_INFINITY});
        }
      }
      return answers;
    }

    private Row row(Map<String, String> configuration) {
      List<Object> values = new ArrayList<>();
      for (Column c : schema.columns()) {
        Feature f = model.feature(c.name());
        String choice = configuration.getOrDefault(f.name(), "");
        if (c.type().isNumeric()) {
          values.add(f.choices().get(f.indexOf(choice)).number());
        } else {
          values.add(choice);
        }
      }
      return new Row(schema, values);
    }
  }
}
