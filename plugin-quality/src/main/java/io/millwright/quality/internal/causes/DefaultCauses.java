package io.millwright.quality.internal.causes;

import io.millwright.api.data.Table;
import io.millwright.quality.Attribution;
import io.millwright.quality.CauseGraph;
import io.millwright.quality.CausePlan;
import io.millwright.quality.Causes;
import io.millwright.quality.Direction;
import io.millwright.quality.Incident;
import io.millwright.quality.LevelChange;
import io.millwright.quality.RootRanking;
import io.millwright.quality.Stratum;
import io.millwright.quality.Trend;
import java.util.List;

/** The way to the analyses. */
public final class DefaultCauses implements Causes {

  private static final double LEVEL = 0.9;

  /** Without state. */
  public DefaultCauses() {}

  @Override
  public Trend trend(List<Double> course, double level) {
    Checks.level(level);
    return Trends.of(Checks.course(course), level);
  }

  @Override
  public List<LevelChange> changes(List<Double> course, double level) {
    Checks.level(level);
    return Changes.of(Checks.course(course), level);
  }

  @Override
  public List<Stratum> strata(Table table, String outcome, List<String> by) {
    return Strata.of(table, outcome, by);
  }

  @Override
  public CauseGraph graph(Table table, CausePlan plan) {
    return Graphs.of(table, plan);
  }

  @Override
  public Attribution attribution(
      Table before, Table after, String target, CauseGraph graph, CausePlan plan) {
    return Attributing.of(before, after, target, graph, plan, LEVEL);
  }

  @Override
  public RootRanking roots(Incident incident) {
    return Roots.of(incident);
  }

  @Override
  public Direction direction(List<Double> first, List<Double> second) {
    return Directions.of(Checks.course(first), Checks.course(second));
  }
}
