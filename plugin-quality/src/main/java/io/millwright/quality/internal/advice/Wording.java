package io.millwright.quality.internal.advice;

import io.millwright.quality.Advice;
import io.millwright.quality.AdviceProblem;
import io.millwright.quality.Goal;
import io.millwright.quality.Knob;
import io.millwright.quality.Span;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.SplittableRandom;

/** An advice out of the settings that were found. */
final class Wording {

  private static final int DRAWS = 1000;
  private static final int QUADS = 200;

  private final AdviceProblem problem;
  private final Outlook outlook;
  private final List<Advice.Interaction> interactions;

  Wording(AdviceProblem problem, Outlook outlook) {
    this.problem = problem;
    this.outlook = outlook;
    interactions = interactions();
  }

  Advice of(double[] to) {
    double[] from = outlook.current;
    Span gain = gain(from, to);
    List<Advice.Move> moves = moves(from, to);
    Span before = mean(from);
    Span after = mean(to);
    double risk = outlook.risk(to);
    return new Advice(
        outlook.inputs.named(from),
        outlook.inputs.named(to),
        before,
        after,
        gain,
        outlook.cost(to),
        risk,
        moves,
        interactions,
        words(before, after, gain, risk, moves));
  }

  private Span mean(double[] settings) {
    double value = outlook.mean(settings);
    double half = sure() * outlook.deviation(settings);
    return new Span(value, value - half, value + half);
  }

  private double sure() {
    return Outlook.NORMAL.inverseCumulativeProbability((1 + problem.confidence()) / 2);
  }

  private Span gain(double[] from, double[] to) {
    double value = outlook.good(to) - outlook.good(from);
    if (Arrays.equals(from, to)) {
      return new Span(0, 0, 0);
    }
    double a = outlook.deviation(from);
    double b = outlook.deviation(to);
    double both = Math.max(-a * b, Math.min(a * b, outlook.covariance(from, to)));
    if (problem.goal().aim() != Goal.Aim.TARGET) {
      double half = sure() * Math.sqrt(Math.max(0, a * a + b * b - 2 * both));
      return new Span(value, value - half, value + half);
    }
    SplittableRandom random = new SplittableRandom(problem.key());
    double share = a > 0 ? both / a : 0;
    double rest = Math.sqrt(Math.max(0, b * b - share * share));
    double[] drawn = new double[DRAWS];
    for (int k = 0; k < DRAWS; k++) {
      double z = random.nextGaussian();
      double before = outlook.mean(from) + a * z;
      double after = outlook.mean(to) + share * z + rest * random.nextGaussian();
      drawn[k] = outlook.good(after, outlook.about(to)) - outlook.good(before, outlook.about(from));
    }
    Arrays.sort(drawn);
    int edge = (int) ((1 - problem.confidence()) / 2 * DRAWS);
    return new Span(value, Math.min(value, drawn[edge]), Math.max(value, drawn[DRAWS - 1 - edge]));
  }

  private List<Advice.Move> moves(double[] from, double[] to) {
    List<Advice.Move> moves = new ArrayList<>();
    double start = outlook.good(from);
    double end = outlook.good(to);
    for (int c = 0; c < to.length; c++) {
      if (from[c] != to[c]) {
        double[] alone = from.clone();
        alone[c] = to[c];
        double[] without = to.clone();
        without[c] = from[c];
        moves.add(
            new Advice.Move(
                problem.knobs().get(c).column(),
                from[c],
                to[c],
                outlook.good(alone) - start,
                end - outlook.good(without)));
      }
    }
    moves.sort(
        Comparator.comparingDouble((Advice.Move m) -> Math.max(m.alone(), m.without())).reversed());
    return moves;
  }

  /** The root mean square of second differences over the ranges. */
  private List<Advice.Interaction> interactions() {
    List<Advice.Interaction> out = new ArrayList<>();
    List<Knob> knobs = problem.knobs();
    for (int i = 0; i < knobs.size(); i++) {
      for (int j = i + 1; j < knobs.size(); j++) {
        SplittableRandom random = new SplittableRandom(problem.key());
        double square = 0;
        for (int k = 0; k < QUADS; k++) {
          double[] at = drawn(random);
          double[] other = drawn(random);
          double second = outlook.goal.mean(at);
          double first = at[i];
          at[i] = other[i];
          second -= outlook.goal.mean(at);
          at[j] = other[j];
          second += outlook.goal.mean(at);
          at[i] = first;
          second -= outlook.goal.mean(at);
          square += second * second / QUADS;
        }
        out.add(
            new Advice.Interaction(
                knobs.get(i).column(), knobs.get(j).column(), Math.sqrt(square)));
      }
    }
    out.sort(Comparator.comparingDouble(Advice.Interaction::size).reversed());
    return out;
  }

  private double[] drawn(SplittableRandom random) {
    double[] out = new double[problem.knobs().size()];
    for (int c = 0; c < out.length; c++) {
      Knob knob = problem.knobs().get(c);
      out[c] = knob.low() + (knob.high() - knob.low()) * random.nextDouble();
    }
    return out;
  }

  private String words(Span before, Span after, Span gain, double risk, List<Advice.Move> moves) {
    String name = problem.goal().column();
    if (moves.isEmpty()) {
      return "leave the settings as they are: no safe move is known to make "
          + name
          + " better than moving costs";
    }
    StringBuilder out = new StringBuilder("set ");
    for (int k = 0; k < moves.size(); k++) {
      Advice.Move m = moves.get(k);
      out.append(k == 0 ? "" : k == moves.size() - 1 ? " and " : ", ");
      out.append(String.format(Locale.ROOT, "%s from %.4g to %.4g", m.column(), m.from(), m.to()));
    }
    out.append(
        String.format(
            Locale.ROOT,
            ": %s goes from %.4g to %.4g (%.0f %% interval %.4g to %.4g)",
            name,
            before.value(),
            after.value(),
            100 * problem.confidence(),
            after.low(),
            after.high()));
    for (Advice.Move m : moves) {
      double[] tried = outlook.inputs.tried(m.column());
      if (m.to() < tried[0] || m.to() > tried[1]) {
        out.append(
            String.format(
                Locale.ROOT,
                "; no run had %s beyond %.4g to %.4g: make one there first",
                m.column(),
                tried[0],
                tried[1]));
      }
    }
    if (gain.low() <= 0) {
      out.append("; the gain may be chance: check it on new parts");
    }
    if (!problem.safe().isEmpty()) {
      out.append(
          String.format(
              Locale.ROOT, "; at most %.2g %% of parts leave the safe ranges", 100 * risk));
    }
    return out.toString();
  }
}
