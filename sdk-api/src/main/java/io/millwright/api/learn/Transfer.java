package io.millwright.api.learn;

import java.nio.file.Path;
import java.util.Objects;
import java.util.OptionalInt;

/**
 * Learning that begins where another model ended: the first layers of a parent are taken over with
 * their weights, some of them frozen, and what follows is learnt anew. For tasks with few samples
 * that resemble one with many: the same machine type at another plant, another quantity of the same
 * readings.
 *
 * <p>Since the weights mean something only for the numbers they were made for, the parent's
 * preparation, as it was fitted, takes the place of the recipe's; the samples need its columns. The
 * network is that of the kept layers followed by the layers of the recipe's network; its output
 * layer is always new. Frozen layers keep their weights bit for bit: neither gradients nor
 * penalties nor decay act on them. A member of the new model starts from a member of the parent, in
 * turn.
 *
 * @param parent the bundle of the model to begin with
 * @param kept how many layers of the parent's network are taken over, counted from its input as
 *     {@link Network#layers} lists them (a residual block is one); all of them when empty
 * @param frozen how many of these are not to change; all that are kept when empty
 */
public record Transfer(Path parent, OptionalInt kept, OptionalInt frozen) {

  /** Checks. */
  public Transfer {
    Objects.requireNonNull(parent, "parent");
    kept.ifPresent(n -> Checks.atLeast("kept", n, 1));
    frozen.ifPresent(n -> Checks.atLeast("frozen", n, 0));
    if (kept.isPresent() && frozen.isPresent() && frozen.getAsInt() > kept.getAsInt()) {
      throw new IllegalArgumentException(
          "frozen is " + frozen.getAsInt() + ", but only " + kept.getAsInt() + " layers are kept");
    }
  }

  /**
   * All layers of a parent, frozen, under a new output layer.
   *
   * @param parent the bundle
   * @return the options
   */
  public static Transfer from(Path parent) {
    return new Transfer(parent, OptionalInt.empty(), OptionalInt.empty());
  }

  /**
   * The same with only the first layers of the parent.
   *
   * @param layers how many
   * @return the new options
   */
  public Transfer kept(int layers) {
    return new Transfer(parent, OptionalInt.of(layers), frozen);
  }

  /**
   * The same with only the first layers frozen; the other kept ones learn on from their weights.
   *
   * @param layers how many; 0 for none
   * @return the new options
   */
  public Transfer frozen(int layers) {
    return new Transfer(parent, kept, OptionalInt.of(layers));
  }
}
