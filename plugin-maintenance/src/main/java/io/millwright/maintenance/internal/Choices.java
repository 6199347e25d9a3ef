package io.millwright.maintenance.internal;

import io.millwright.api.ErrorCode;
import io.millwright.api.MillwrightException;
import io.millwright.api.learn.Learning;
import io.millwright.api.learn.Network;
import io.millwright.api.learn.Preparation;
import io.millwright.api.learn.Split;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * What users of any trainer of this plug-in can say; each part is empty where they said nothing.
 *
 * @param network the network
 * @param learning how it learns
 * @param preparation what is done to readings
 * @param split how data are held out
 * @param search how long a model may be searched for; empty for the one described
 * @param key the key of randomness, which goes before that of {@code learning}
 */
record Choices(
    Optional<Network> network,
    Optional<Learning> learning,
    Optional<Preparation> preparation,
    Optional<Split> split,
    Optional<Duration> search,
    Optional<Long> key) {

  static Choices none() {
    return new Choices(
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty());
  }

  Choices network(Network value) {
    return new Choices(Optional.of(value), learning, preparation, split, search, key);
  }

  /** The options bring a key with them, so one said before is forgotten. */
  Choices learning(Learning value) {
    return new Choices(network, Optional.of(value), preparation, split, search, Optional.empty());
  }

  /** Options of our own, which take the key that was said. */
  Choices schooling(Learning own) {
    return new Choices(network, Optional.of(own), preparation, split, search, key);
  }

  Choices preparation(Preparation value) {
    return new Choices(network, learning, Optional.of(value), split, search, key);
  }

  Choices split(Split value) {
    return new Choices(network, learning, preparation, Optional.of(value), search, key);
  }

  Choices search(Duration budget) {
    if (budget.isNegative() || budget.isZero()) {
      throw new MillwrightException(
          ErrorCode.BAD_OPTION, "the budget is " + budget + ", but must be positive");
    }
    return new Choices(network, learning, preparation, split, Optional.of(budget), key);
  }

  Choices key(long value) {
    return new Choices(network, learning, preparation, split, search, Optional.of(value));
  }

  /** Whether nothing was said of the model or of how it learns; the key of randomness may be. */
  boolean silent() {
    return network.isEmpty()
        && learning.isEmpty()
        && preparation.isEmpty()
        && split.isEmpty()
        && search.isEmpty();
  }

  /** Only how data are held out and the key of randomness: what every candidate has in common. */
  Choices common() {
    return new Choices(
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        split,
        Optional.empty(),
        Optional.of(seed()));
  }

  /** How to learn: as was said, or else as here, with the key that was said. */
  Learning learning(Supplier<Learning> otherwise) {
    Learning options = learning.orElseGet(otherwise);
    return key.map(options::key).orElse(options);
  }

  private long seed() {
    return key.or(() -> learning.map(Learning::key)).orElse(0L);
  }
}
