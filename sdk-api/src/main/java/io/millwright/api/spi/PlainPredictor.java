package io.millwright.api.spi;

import io.millwright.api.ErrorCode;
import io.millwright.api.ExplainRequest;
import io.millwright.api.Explanation;
import io.millwright.api.Finding;
import io.millwright.api.MillwrightException;
import io.millwright.api.ModelInfo;
import io.millwright.api.Outcome;
import io.millwright.api.Predictor;
import io.millwright.api.data.Schema;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * A base for predictors that a plug-in computes itself (template method pattern): a subclass
 * answers, and the rest of the contract of {@link Predictor} is kept here. A closed one refuses,
 * many inputs are answered in order on the caller's thread, and explanations are refused with the
 * place where the reasons stand instead. Plug-ins extend it; thread-safe when {@link #answer} is.
 *
 * @param <I> one input
 * @param <V> one answer
 */
public abstract class PlainPredictor<I, V> implements Predictor<I, V> {

  private final ModelInfo info;
  private final String reasons;
  private final AtomicBoolean closed = new AtomicBoolean();

  /**
   * Opens it.
   *
   * @param info the description of the model
   * @param reasons what to do instead of asking for an explanation, as the rest of a sentence that
   *     starts with "Maybe": {@code "read Health.causes()"}
   */
  protected PlainPredictor(ModelInfo info, String reasons) {
    this.info = Objects.requireNonNull(info, "info");
    this.reasons = Objects.requireNonNull(reasons, "reasons");
  }

  /**
   * Answers one question. Called while the predictor is open.
   *
   * @param input what to answer for, not null
   * @return a prediction, or an abstention
   */
  protected abstract Outcome<V> answer(I input);

  /** Releases what is held, such as native memory; called once. Does nothing by default. */
  protected void release() {}

  /**
   * An abstention with one reason.
   *
   * @param code the kind
   * @param place where
   * @param message what, with the offending value
   * @param remedy what to do, as the rest of a sentence that starts with "Maybe"
   * @return the outcome
   */
  protected final Outcome<V> abstain(ErrorCode code, String place, String message, String remedy) {
    return new Outcome.Abstention<>(code, List.of(new Finding(code, place, message, remedy)), info);
  }

  /**
   * Refuses columns that the model cannot read.
   *
   * @param what the input, as it should stand in the message
   * @param given its columns
   * @throws MillwrightException with all that stands in the way
   */
  protected final void checkColumns(String what, Schema given) {
    List<Finding> findings = given.obstaclesTo(info.inputs());
    if (!findings.isEmpty()) {
      throw MillwrightException.of(what, findings);
    }
  }

  private void checkOpen() {
    if (closed.get()) {
      throw new MillwrightException(
          ErrorCode.CLOSED,
          "the predictor of "
              + info.task()
              + " was closed\nMaybe open it again, or close it later");
    }
  }

  @Override
  public final Outcome<V> predict(I input) {
    checkOpen();
    return answer(Objects.requireNonNull(input, "input"));
  }

  @Override
  public List<Outcome<V>> predictAll(List<? extends I> inputs) {
    checkOpen();
    return inputs.stream().<Outcome<V>>map(this::predict).toList();
  }

  @Override
  public Explanation explain(I input, ExplainRequest how) {
    checkOpen();
    throw new MillwrightException(
        ErrorCode.UNSUPPORTED,
        "a model of " + info.task() + " is not explained by columns\nMaybe " + reasons);
  }

  @Override
  public final ModelInfo info() {
    return info;
  }

  @Override
  public final void close() {
    if (closed.compareAndSet(false, true)) {
      release();
    }
  }
}
