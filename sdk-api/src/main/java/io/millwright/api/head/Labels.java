package io.millwright.api.head;

import io.millwright.api.learn.Loss;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * What a head is fitted to (target encoding).
 *
 * @param known all labels that are known, those held out included; for what must be complete, such
 *     as which classes there are
 * @param seen the labels that the training may see; for everything else, such as scales
 * @param inputs the size of one prepared input; 0 when it is not known yet
 * @param loss the loss that was asked for, or empty for the head's own
 * @param <L> one label
 */
public record Labels<L>(List<L> known, List<L> seen, int inputs, Optional<Loss> loss) {
  /** Copies. */
  public Labels {
    known = List.copyOf(known);
    seen = List.copyOf(seen);
    Objects.requireNonNull(loss, "loss");
  }
}
