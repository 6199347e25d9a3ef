package io.millwright.api.head;

import io.millwright.api.data.PlainData;
import io.millwright.api.learn.Loss;
import java.util.Optional;
import java.util.function.Function;

/**
 * A head: what the outputs of a network mean. It is declared by code; what it learns from labels
 * becomes a {@link FittedHead}, whose data a bundle keeps under the head's kind, so that the same
 * declaration can read them again. Hosts take one of {@link Heads}; plug-ins may implement their
 * own. Must be immutable and thread-safe.
 *
 * @param <L> one label: what is known of the truth of a sample, which need not be an answer
 * @param <V> one answer
 */
public interface Head<L, V> {

  /**
   * The name under which a bundle keeps the head's data.
   *
   * @return lower-case letters, digits and dashes, such as {@code quantity}; a plug-in's begins
   *     with the plug-in's name and a dash
   */
  String kind();

  /**
   * What is wrong with a label, before anything is learnt from it.
   *
   * @param label the label
   * @return the fault for people, or empty when it can be learnt from
   */
  default Optional<String> fault(L label) {
    return Optional.empty();
  }

  /**
   * Whether a loss can take the place of the head's own.
   *
   * @param loss the loss
   * @return false by default
   */
  default boolean accepts(Loss loss) {
    return false;
  }

  /**
   * Whether a decision threshold can be chosen.
   *
   * @return false by default
   */
  default boolean decides() {
    return false;
  }

  /**
   * Whether the outputs of several networks can be averaged. Where they cannot, as of embeddings, a
   * model has one network.
   *
   * @return true by default
   */
  default boolean averages() {
    return true;
  }

  /**
   * Whether samples need no labels, since the input is its own truth.
   *
   * @return false by default
   */
  default boolean reconstructs() {
    return false;
  }

  /**
   * Learns from labels what outputs mean.
   *
   * @param labels the labels, none of which has a {@link #fault}
   * @return the fitted head, not calibrated
   * @throws io.millwright.api.MillwrightException with {@link
   *     io.millwright.api.ErrorCode#BAD_LABEL} when nothing can be learnt from such labels
   */
  FittedHead<L, V> fit(Labels<L> labels);

  /**
   * Takes up the data of a fitted head.
   *
   * @param data what {@link FittedHead#data} gave; or what a stranger wrote, and so checked
   * @return the fitted head
   * @throws io.millwright.api.MillwrightException with {@link
   *     io.millwright.api.ErrorCode#BAD_BUNDLE} when the data cannot be such, with {@link
   *     io.millwright.api.ErrorCode#WRONG_BUNDLE} when they are of another quantity or unit
   */
  FittedHead<L, V> read(PlainData data);

  /**
   * The same head for labels of another type.
   *
   * @param label makes a label of this head; pure and thread-safe
   * @param <K> the other type of label
   * @return the head
   */
  default <K> Head<K, V> labelled(Function<? super K, ? extends L> label) {
    return new MappedHead<>(this, label, v -> v);
  }

  /**
   * The same head with answers of another type.
   *
   * @param answer makes an answer of this head's; pure and thread-safe
   * @param <W> the other type of answer
   * @return the head
   */
  default <W> Head<L, W> answering(Function<? super V, ? extends W> answer) {
    return new MappedHead<L, L, V, W>(this, l -> l, answer);
  }
}
