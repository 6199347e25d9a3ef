package io.millwright.api.text;

import java.util.List;
import java.util.Objects;

/**
 * The entities that were found in a text (sequence labelling): in the order of the text. One may
 * lie inside another, but two never cross.
 *
 * @param all the entities; none is a valid answer
 */
public record Entities(List<Entity> all) {

  /**
   * One entity.
   *
   * @param span where it stands, and its type
   * @param text the words, as they stand in the input
   * @param probability how probable it is that all its words have this type, between 0 and 1
   *     (posterior of the chain, calibrated on held-out texts)
   */
  public record Entity(Span span, String text, double probability) {
    /** Checks. */
    public Entity {
      Objects.requireNonNull(span, "span");
      Objects.requireNonNull(text, "text");
      if (!(probability >= 0 && probability <= 1)) {
        throw new IllegalArgumentException("probability is " + probability);
      }
    }
  }

  /** Copies. */
  public Entities {
    all = List.copyOf(all);
  }
}
