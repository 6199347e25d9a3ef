package io.millwright.api.text;

import io.millwright.api.Trained;
import io.millwright.api.Trainer;
import io.millwright.api.learn.Samples;
import io.millwright.api.learn.Split;
import java.time.Duration;
import java.util.List;

/**
 * Learns from texts; samples without a label are passed over. Implemented by hosts; immutable and
 * thread-safe. The same key, samples and versions give the same model.
 *
 * <p>How texts are held out, unless {@link #split} says otherwise: five folds with classes in equal
 * shares where every sample is a group of its own, else five folds of groups (as many as there are,
 * below five).
 *
 * @param <I> one input
 * @param <L> one label
 * @param <V> one answer
 */
public interface TextTrainer<I, L, V> extends Trainer<Samples<I, L>, Trained<I, V>> {

  /**
   * The key of all randomness (seed).
   *
   * @param value the key; 0 by default
   * @return the new trainer
   */
  TextTrainer<I, L, V> key(long value);

  /**
   * How texts are held out.
   *
   * @param split the division
   * @return the new trainer
   */
  TextTrainer<I, L, V> split(Split split);

  /**
   * Which sentence encoders may help. By default those that are found as services and read the
   * language of the texts.
   *
   * @param encoders the encoders; none for n-grams alone
   * @return the new trainer
   */
  TextTrainer<I, L, V> encoders(List<TextEncoder> encoders);

  /**
   * Tries networks on subwords beside the linear models.
   *
   * @param budget how long all of it may take
   * @return the new trainer
   */
  TextTrainer<I, L, V> networks(Duration budget);

  /**
   * Abstains where the most probable class is not sure enough: from which probability on it answers
   * is chosen on held-out texts.
   *
   * @param precision the share of given answers that shall be right, above 0 and below 1
   * @return the new trainer
   */
  TextTrainer<I, L, V> precision(double precision);
}
