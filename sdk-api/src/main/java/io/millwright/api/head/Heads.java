package io.millwright.api.head;

import io.millwright.api.data.Unit;
import io.millwright.api.learn.ClassScores;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The known heads (output layers with their losses). */
public final class Heads {

  private Heads() {}

  /**
   * A number, whose labels may be right-censored.
   *
   * @param unit its unit
   * @param low the least value that can be told apart: a truth below it counts as it; negative
   *     infinity for no limit
   * @param high the largest value that can be told apart: a truth above it counts as it, and a
   *     prediction there means "at least"; positive infinity for no limit
   * @return the head
   */
  public static Head<Amount, Amount> quantity(Unit unit, double low, double high) {
    return new QuantityHead(unit, low, high);
  }

  /**
   * A plain number without limits, every label of which is known.
   *
   * @param unit its unit
   * @return the head
   */
  public static Head<Double, Double> number(Unit unit) {
    return number(unit, Double.NEGATIVE_INFINITY, Double.POSITIVE_INFINITY);
  }

  /**
   * A plain number between limits, every label of which is known.
   *
   * @param unit its unit
   * @param low the least that it can be, where answers and intervals stop; negative infinity for no
   *     limit
   * @param high the largest that it can be; positive infinity for no limit
   * @return the head
   */
  public static Head<Double, Double> number(Unit unit, double low, double high) {
    return quantity(unit, low, high).<Double>labelled(Amount::of).answering(Amount::value);
  }

  /**
   * One of several classes; which ones there are is learnt from the labels.
   *
   * @return the head
   */
  public static Head<String, ClassScores> classes() {
    return new ClassesHead();
  }

  /**
   * Several numbers at once, any of which may be unknown of a sample.
   *
   * @param units the unit of each number by its name, in the order of the map
   * @return the head; labels leave out what is not known
   */
  public static Head<Map<String, Double>, Map<String, Double>> quantities(Map<String, Unit> units) {
    return new QuantitiesHead(List.copyOf(units.keySet()), List.copyOf(units.values()));
  }

  /**
   * Labels that may hold together (multi-label classification).
   *
   * @return the head; labels say what holds and what does not, and leave out what is not known
   */
  public static Head<Map<String, Boolean>, LabelScores> labels() {
    return new LabelsHead();
  }

  /**
   * The quantile function of several steps, which cannot cross itself.
   *
   * @param unit the unit
   * @param steps how many steps
   * @param probabilities rising values between 0 and 1
   * @return the head; labels have a number for each step, NaN where it is not known
   */
  public static Head<List<Double>, QuantileCurve> quantileCurve(
      Unit unit, int steps, Double... probabilities) {
    return new QuantileCurveHead(unit, steps, List.of(probabilities));
  }

  /**
   * The time until an event, as a survival curve; labels may be right-censored.
   *
   * @param unit the unit of time
   * @return the head
   */
  public static Head<Amount, SurvivalCurve> survival(Unit unit) {
    return new SurvivalHead(unit);
  }

  /**
   * A ranking of items; which ones there are is learnt from the labels.
   *
   * @return the head; labels name the relevant items
   */
  public static Head<Set<String>, Ranking> ranking() {
    return new RankingHead();
  }

  /**
   * One of several classes at each position of an image or a sequence.
   *
   * @param height the number of rows; 1 for a sequence
   * @param width the number of columns
   * @return the head
   */
  public static Head<FieldMap, FieldScores> field(int height, int width) {
    return new FieldHead(height, width);
  }

  /**
   * The input again, so that what cannot be repeated is unusual. Needs no labels.
   *
   * @return the head; a label of true marks an anomaly, which is not learnt from but judges
   */
  public static Head<Boolean, AnomalyScore> reconstruction() {
    return new ReconstructionHead();
  }

  /**
   * A vector that is near those of inputs that are the same thing (metric learning).
   *
   * @param dimensions its length
   * @return the head; labels name the thing
   */
  public static Head<String, Embedding> embedding(int dimensions) {
    return new EmbeddingHead(dimensions);
  }

  /**
   * The known head that reads a bundle's data, for tools that know no plug-in.
   *
   * @param kind the head's kind
   * @param unit the unit of the model's answers
   * @return the head, or empty for a kind that a plug-in brought
   */
  public static Optional<Head<?, ?>> ofKind(String kind, Unit unit) {
    return switch (kind) {
      case "quantity" ->
          Optional.of(
              quantity(unit, Double.NEGATIVE_INFINITY, Double.POSITIVE_INFINITY)
                  .answering(Amount::value));
      case "classes" -> Optional.of(classes());
      case "quantities" -> Optional.of(new QuantitiesHead(List.of("-"), List.of(Unit.NONE)));
      case "labels" -> Optional.of(labels());
      case "quantile-curve" -> Optional.of(quantileCurve(unit, 1, 0.5));
      case "survival" -> Optional.of(survival(unit));
      case "ranking" -> Optional.of(ranking());
      case "field" -> Optional.of(field(1, 1));
      case "reconstruction" -> Optional.of(reconstruction());
      case "embedding" -> Optional.of(embedding(1));
      default -> Optional.empty();
    };
  }
}
