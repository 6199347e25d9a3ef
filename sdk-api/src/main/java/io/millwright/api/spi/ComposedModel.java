package io.millwright.api.spi;

import io.millwright.api.Capability;
import io.millwright.api.Evaluation;
import io.millwright.api.Provenance;
import io.millwright.api.Task;
import io.millwright.api.data.Schema;
import io.millwright.api.data.Unit;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * A model that a plug-in puts together by itself: its own parameters, and any number of networks. A
 * bundle holds it as data; what the data mean is the plug-in's to know, see {@link ComposedTask}.
 *
 * @param task what it answers
 * @param inputs the columns that tools show for an input
 * @param unit the unit of its answers
 * @param texts parameters that are texts, by name
 * @param numbers parameters that are numbers, by name; finite or not
 * @param networks networks by name, made or read by a {@link Composer}
 * @param evaluation how good it is on held-out data
 * @param capabilities what it can do
 * @param provenance where it comes from, see {@link Composer#provenance}
 */
public record ComposedModel(
    Task<?, ?> task,
    Schema inputs,
    Unit unit,
    SortedMap<String, String> texts,
    SortedMap<String, List<Double>> numbers,
    SortedMap<String, FittedNetwork> networks,
    Evaluation evaluation,
    Set<Capability> capabilities,
    Provenance provenance) {

  /** Checks and copies. */
  public ComposedModel {
    Objects.requireNonNull(task, "task");
    Objects.requireNonNull(inputs, "inputs");
    Objects.requireNonNull(unit, "unit");
    Objects.requireNonNull(evaluation, "evaluation");
    Objects.requireNonNull(provenance, "provenance");
    texts = Collections.unmodifiableSortedMap(new TreeMap<>(texts));
    SortedMap<String, List<Double>> copy = new TreeMap<>();
    for (Map.Entry<String, List<Double>> entry : numbers.entrySet()) {
      copy.put(entry.getKey(), List.copyOf(entry.getValue()));
    }
    numbers = Collections.unmodifiableSortedMap(copy);
    networks = Collections.unmodifiableSortedMap(new TreeMap<>(networks));
    EnumSet<Capability> can = EnumSet.noneOf(Capability.class);
    can.addAll(capabilities);
    capabilities = Collections.unmodifiableSet(can);
  }
}
