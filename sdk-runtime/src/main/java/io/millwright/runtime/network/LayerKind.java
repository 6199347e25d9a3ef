package io.millwright.runtime.network;

import io.millwright.api.learn.Layer;
import java.util.List;

/**
 * What is known of one kind of layer without any engine.
 *
 * @param name the name of the kind, see {@link Layer#kindName}
 * @param type the record of its parameters
 * @param keepsOrder whether none of its outputs falls when its inputs rise
 * @param planning its shapes and weights
 * @param work about how many multiplications one input takes
 * @param extra about how many values it needs beside what it gives
 * @param <L> the record of its parameters
 */
record LayerKind<L extends Layer>(
    String name,
    Class<L> type,
    boolean keepsOrder,
    Planning<L> planning,
    Count<L> work,
    Count<L> extra) {

  /** Lays a layer out. */
  @FunctionalInterface
  interface Planning<L> {
    /** Adds its weights and gives what it gives. */
    Laid plan(L layer, Spot spot);
  }

  /** Counts something for one input. */
  @FunctionalInterface
  interface Count<L> {
    /** The number, at most {@link Cost#MOST}. */
    long of(L layer, PlannedLayer planned);
  }

  /**
   * What planning a layer gives.
   *
   * @param out its shape
   * @param chains the chains within
   * @param projected see {@link PlannedLayer#projected}
   */
  record Laid(Shape out, List<PlannedChain> chains, boolean projected) {
    static Laid of(Shape out) {
      return new Laid(out, List.of(), false);
    }
  }

  static <L extends Layer> LayerKind<L> of(String name, Class<L> type, Planning<L> planning) {
    return new LayerKind<>(name, type, false, planning, (l, p) -> 0, (l, p) -> 0);
  }

  LayerKind<L> inOrder() {
    return new LayerKind<>(name, type, true, planning, work, extra);
  }

  LayerKind<L> work(Count<L> count) {
    return new LayerKind<>(name, type, keepsOrder, planning, count, extra);
  }

  LayerKind<L> extra(Count<L> count) {
    return new LayerKind<>(name, type, keepsOrder, planning, work, count);
  }

  Laid plan(Spot spot) {
    return planning.plan(type.cast(spot.layer()), spot);
  }

  Cost cost(PlannedLayer planned) {
    L layer = type.cast(planned.layer());
    return new Cost(
        work.of(layer, planned), Cost.sum(Cost.size(planned.out()), extra.of(layer, planned)));
  }
}
