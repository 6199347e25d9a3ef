package io.millwright.runtime.support;

import io.millwright.api.ErrorCode;
import io.millwright.api.MillwrightException;
import io.millwright.api.data.PlainData;
import io.millwright.api.learn.Loss;
import io.millwright.api.learn.LossBatch;
import io.millwright.api.learn.NamedLoss;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * A plug-in's loss function as a file keeps it: by its name and options. It computes nothing; the
 * plug-in makes the loss of it again.
 *
 * @param name see {@link NamedLoss#name}
 * @param data see {@link NamedLoss#data}
 */
public record KeptLoss(String name, PlainData data) implements Loss {

  private static final Pattern NAME = Pattern.compile("[a-z][a-z0-9-]{0,99}");

  /** Checks. */
  public KeptLoss {
    if (!NAME.matcher(name).matches()) {
      throw new IllegalArgumentException("\"" + name + "\" is no name of a loss");
    }
  }

  /** A loss as it is kept: by name where a plug-in brought it. */
  public static Optional<Loss> of(Optional<Loss> loss) {
    return loss.map(l -> l instanceof NamedLoss n ? new KeptLoss(n.name(), n.data()) : l);
  }

  @Override
  public double gradient(LossBatch batch, float[] gradient) {
    throw missing();
  }

  /** No running plug-in knows the loss. */
  public MillwrightException missing() {
    return new MillwrightException(
        ErrorCode.NO_PLUGIN,
        "the recipe's loss \""
            + name
            + "\" belongs to a plug-in that does not run here"
            + "\nMaybe add the plug-in's jar, or change the recipe's loss");
  }
}
