package io.millwright.api.spi;

import io.millwright.api.data.PlainData;
import io.millwright.api.learn.NamedLoss;
import java.util.Objects;
import java.util.function.Function;

/**
 * A kind of loss function that a plug-in brings: how one is made again from what a file says.
 *
 * @param name the name, see {@link NamedLoss#name}
 * @param reader makes a loss of its data, which may be a stranger's: throws {@link
 *     IllegalArgumentException} for data that are none of its own; pure and thread-safe
 */
public record LossKind(String name, Function<PlainData, NamedLoss> reader) {
  /** Checks. */
  public LossKind {
    Objects.requireNonNull(name, "name");
    Objects.requireNonNull(reader, "reader");
  }
}
