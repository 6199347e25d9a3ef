package io.millwright.personalization.internal.configure;

import io.millwright.api.Budget;
import io.millwright.api.ErrorCode;
import io.millwright.api.Job;
import io.millwright.api.MillwrightException;
import io.millwright.api.Solution;
import io.millwright.api.spi.Composer;
import io.millwright.api.spi.Jobs;
import io.millwright.personalization.ConfigurationGoal;
import io.millwright.personalization.Configurator;
import io.millwright.personalization.Feature;
import io.millwright.personalization.ProductModel;
import io.millwright.personalization.RequestReading;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Guards one prover. */
final class DefaultConfigurator implements Configurator {

  private final ProductModel model;
  private final Compiled compiled;
  private final Prover prover;
  private final Composer composer;
  private final Jobs jobs;
  private final Map<String, Integer> places = new HashMap<>();
  private final Configuration start;
  private final RequestReader requests;

  DefaultConfigurator(ProductModel model, Composer composer, Jobs jobs) {
    this.model = model;
    this.compiled = Compiled.of(model);
    this.prover = new Prover(compiled);
    this.composer = composer;
    this.jobs = jobs;
    this.requests = new RequestReader(model);
    for (int f = 0; f < model.features().size(); f++) {
      places.put(model.features().get(f).name(), f);
    }
    boolean[] possible = prover.possible(new int[0]);
    if (possible == null) {
      Conflict why = named(prover.conflict(new int[0]));
      throw new MillwrightException(
          ErrorCode.NO_SOLUTION,
          "product "
              + model.name()
              + " cannot be built in any way: the rules "
              + String.join(", ", why.rules())
              + " contradict each other\nMaybe drop or soften one of them");
    }
    this.start = configuration(Map.of(), possible);
  }

  @Override
  public ProductModel model() {
    return model;
  }

  @Override
  public List<String> remarks() {
    List<String> remarks = new ArrayList<>();
    for (Feature f : model.features()) {
      Set<String> left = start.possible().getOrDefault(f.name(), Set.of());
      List<String> dead =
          f.choices().stream().map(Feature.Choice::name).filter(c -> !left.contains(c)).toList();
      if (!dead.isEmpty()) {
        remarks.add(
            "no valid configuration has "
                + f.name()
                + " = "
                + shortly(dead)
                + ": "
                + whyNot(start, f.name(), dead.get(0)));
      }
    }
    remarks.addAll(Rings.of(model));
    return remarks;
  }

  private static String shortly(List<String> names) {
    return names.size() <= 5
        ? String.join(" | ", names)
        : String.join(" | ", names.subList(0, 4)) + " … " + names.get(names.size() - 1);
  }

  @Override
  public Configuration start() {
    return start;
  }

  @Override
  public synchronized Configuration choose(Configuration now, String feature, String choice) {
    int lit = literal(feature, choice);
    Map<String, String> chosen = new LinkedHashMap<>(now.chosen());
    chosen.put(feature, choice);
    boolean[] possible = prover.possible(assumptions(chosen));
    if (possible == null) {
      Conflict why = named(prover.conflict(assumptions(chosen)));
      throw new MillwrightException(
          ErrorCode.NO_SOLUTION,
          feature
              + " = "
              + choice
              + " is not possible: "
              + why
              + "\nMaybe take back "
              + why.choices().stream()
                  .filter(c -> !c.equals(feature + " = " + choice))
                  .findFirst()
                  .map(c -> c + ", or choose another " + feature)
                  .orElse("the wish: no valid configuration has it"));
    }
    assert lit >= 0;
    return configuration(chosen, possible);
  }

  @Override
  public synchronized Configuration release(Configuration now, String feature) {
    model.feature(feature);
    Map<String, String> chosen = new LinkedHashMap<>(now.chosen());
    chosen.remove(feature);
    boolean[] possible = prover.possible(assumptions(chosen));
    return possible == null ? start : configuration(chosen, possible);
  }

  @Override
  public synchronized Conflict whyNot(Configuration now, String feature, String choice) {
    literal(feature, choice);
    Map<String, String> chosen = new LinkedHashMap<>(now.chosen());
    chosen.put(feature, choice);
    return named(prover.conflict(assumptions(chosen)));
  }

  @Override
  public synchronized Map<String, String> complete(Configuration now) {
    if (!prover.solve(assumptions(now.chosen()))) {
      throw new MillwrightException(
          ErrorCode.NO_SOLUTION,
          "nothing completes "
              + now.chosen()
              + ": "
              + named(prover.conflict(assumptions(now.chosen())))
              + "\nMaybe begin at start(), and choose");
    }
    return prover.solution();
  }

  @Override
  public Job<Solution<Completion>> best(Configuration now, ConfigurationGoal goal, Budget budget) {
    Completing work = completing();
    work.check(goal);
    int[] fixed = assumptions(now.chosen());
    return jobs.start(
        "best completion", budget.time(), control -> work.best(fixed, goal, budget, control));
  }

  @Override
  public Job<Solution<Completion>> nearest(Map<String, String> wish, Budget budget) {
    assumptions(wish);
    Completing work = completing();
    return jobs.start(
        "nearest completion", budget.time(), control -> work.nearest(wish, budget, control));
  }

  private Completing completing() {
    return new Completing(compiled, composer);
  }

  @Override
  public RequestReading read(String text) {
    return requests.read(text);
  }

  private int literal(String feature, String choice) {
    Feature f = model.feature(feature);
    int c = f.indexOf(choice);
    if (c < 0) {
      throw new MillwrightException(
          ErrorCode.BAD_OPTION,
          "feature "
              + feature
              + " has no choice \""
              + choice
              + "\"\nMaybe one of "
              + shortly(f.choices().stream().map(Feature.Choice::name).toList()));
    }
    return 2 * compiled.variable(places.getOrDefault(feature, 0), c);
  }

  private int[] assumptions(Map<String, String> chosen) {
    return chosen.entrySet().stream().mapToInt(e -> literal(e.getKey(), e.getValue())).toArray();
  }

  private Configuration configuration(Map<String, String> chosen, boolean[] possible) {
    Map<String, Set<String>> left = new LinkedHashMap<>();
    for (int f = 0; f < model.features().size(); f++) {
      Feature feature = model.features().get(f);
      Set<String> choices = new LinkedHashSet<>();
      for (int c = 0; c < feature.choices().size(); c++) {
        if (possible[compiled.variable(f, c)]) {
          choices.add(feature.choices().get(c).name());
        }
      }
      left.put(feature.name(), java.util.Collections.unmodifiableSet(choices));
    }
    return new Configuration(chosen, left);
  }

  private Conflict named(int[] conflict) {
    List<String> choices = new ArrayList<>();
    List<String> rules = new ArrayList<>();
    for (int l : conflict) {
      if (l < 0) {
        rules.add(model.rules().get(-1 - l).name());
      } else {
        int f = 0;
        while (f + 1 < compiled.first().length && compiled.first()[f + 1] <= l / 2) {
          f++;
        }
        Feature feature = model.features().get(f);
        choices.add(
            feature.name() + " = " + feature.choices().get(l / 2 - compiled.first()[f]).name());
      }
    }
    return new Conflict(choices, rules);
  }
}
