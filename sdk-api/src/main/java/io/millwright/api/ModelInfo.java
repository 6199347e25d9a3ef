package io.millwright.api;

import io.millwright.api.data.Schema;
import io.millwright.api.data.Unit;
import java.util.Collections;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/**
 * What a model is: the question it answers, what it needs, how good it was, where it comes from.
 *
 * @param task the id of its task
 * @param taskVersion the version of its task
 * @param digest identifies the model: SHA-256, in hexadecimal, of its network, weights, preparation
 *     and calibration
 * @param inputs the columns it needs
 * @param unit the unit of the predicted quantity; {@link Unit#NONE} for classes
 * @param low the least quantity it can tell apart; negative infinity for no limit, and for classes
 * @param high the largest quantity it can tell apart, where a prediction means "at least"; positive
 *     infinity for no limit, and for classes
 * @param classes the labels it distinguishes, in the order of its probabilities; empty for a
 *     quantity
 * @param capabilities what it can do
 * @param figures how good it was on held-out data, by the name of the figure
 * @param provenance where it comes from
 */
public record ModelInfo(
    String task,
    int taskVersion,
    String digest,
    Schema inputs,
    Unit unit,
    double low,
    double high,
    List<String> classes,
    Set<Capability> capabilities,
    Map<String, Double> figures,
    Provenance provenance) {

  /** Checks and copies. */
  public ModelInfo {
    Objects.requireNonNull(task, "task");
    Objects.requireNonNull(digest, "digest");
    Objects.requireNonNull(inputs, "inputs");
    Objects.requireNonNull(unit, "unit");
    Objects.requireNonNull(provenance, "provenance");
    if (!(low < high)) {
      throw new IllegalArgumentException("limits from " + low + " to " + high);
    }
    classes = List.copyOf(classes);
    EnumSet<Capability> can = EnumSet.noneOf(Capability.class);
    can.addAll(capabilities);
    capabilities = Collections.unmodifiableSet(can);
    figures = Collections.unmodifiableMap(new LinkedHashMap<>(figures));
  }
}
