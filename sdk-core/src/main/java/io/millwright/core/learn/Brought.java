package io.millwright.core.learn;

import io.millwright.api.ErrorCode;
import io.millwright.api.MillwrightException;
import io.millwright.api.head.Head;
import io.millwright.api.learn.Loss;
import io.millwright.api.spi.LossKind;
import io.millwright.runtime.support.KeptLoss;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * What plug-ins bring to learning: heads by their kinds, losses by their names. Filled while
 * plug-ins start; thread-safe.
 */
public final class Brought {

  private final Map<String, Head<?, ?>> heads = new ConcurrentHashMap<>();
  private final Map<String, LossKind> losses = new ConcurrentHashMap<>();

  /** Adds what one plug-in brings. */
  public void add(List<Head<?, ?>> moreHeads, List<LossKind> moreLosses) {
    moreHeads.forEach(h -> heads.put(h.kind(), h));
    moreLosses.forEach(l -> losses.put(l.name(), l));
  }

  /** The head of a kind. */
  Optional<Head<?, ?>> head(String kind) {
    return Optional.ofNullable(heads.get(kind));
  }

  /** The loss that a file keeps; any other as it is. */
  Loss loss(Loss loss) {
    if (!(loss instanceof KeptLoss kept)) {
      return loss;
    }
    LossKind kind = losses.get(kept.name());
    if (kind == null) {
      throw kept.missing();
    }
    try {
      return kind.reader().apply(kept.data());
    } catch (IllegalArgumentException e) {
      throw new MillwrightException(
          ErrorCode.BAD_BUNDLE,
          "the loss \""
              + kept.name()
              + "\" cannot be made of "
              + kept.data()
              + ": "
              + e.getMessage()
              + "\nMaybe the bundle was written by another version of the plug-in",
          e);
    }
  }
}
