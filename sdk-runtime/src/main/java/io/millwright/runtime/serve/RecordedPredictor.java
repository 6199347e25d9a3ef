package io.millwright.runtime.serve;

import io.millwright.api.ErrorCode;
import io.millwright.api.ExplainRequest;
import io.millwright.api.Explanation;
import io.millwright.api.MillwrightException;
import io.millwright.api.ModelInfo;
import io.millwright.api.Outcome;
import io.millwright.api.Predictor;
import io.millwright.api.data.Table;
import io.millwright.runtime.journal.PredictionJournal;
import java.util.List;
import java.util.UUID;
import java.util.function.Function;

/**
 * A predictor whose answers go into a journal. As thread-safe as the predictor; the journal stays
 * the caller's to close.
 *
 * @param <I> one input
 * @param <V> one answer
 */
public final class RecordedPredictor<I, V> implements Predictor<I, V> {

  private final Predictor<I, V> predictor;
  private final PredictionJournal journal;
  private final Function<? super I, String> id;

  private RecordedPredictor(
      Predictor<I, V> predictor, PredictionJournal journal, Function<? super I, String> id) {
    this.predictor = predictor;
    this.journal = journal;
    this.id = id;
  }

  /**
   * Records with ids of the host's own, such as part numbers.
   *
   * @param predictor what answers; closed with this one
   * @param journal where answers go
   * @param id gives an input's id, by which its truth will be told
   * @param <I> one input
   * @param <V> one answer
   * @return the predictor
   */
  public static <I, V> RecordedPredictor<I, V> of(
      Predictor<I, V> predictor, PredictionJournal journal, Function<? super I, String> id) {
    return new RecordedPredictor<>(predictor, journal, id);
  }

  /**
   * An answer with the id by which its truth will be told.
   *
   * @param id the id in the journal
   * @param outcome the answer
   * @param <V> one answer
   */
  public record Recorded<V>(String id, Outcome<V> outcome) {}

  /**
   * Answers and records under a random id.
   *
   * @param predictor what answers
   * @param journal where the answer goes
   * @param input one input
   * @param <I> one input
   * @param <V> one answer
   * @return the answer with its id
   */
  public static <I, V> Recorded<V> record(
      Predictor<I, V> predictor, PredictionJournal journal, I input) {
    String id = UUID.randomUUID().toString();
    Outcome<V> outcome = predictor.predict(input);
    boolean unused = journal.record(id, input, outcome);
    return new Recorded<>(id, outcome);
  }

  @Override
  public Outcome<V> predict(I input) {
    Outcome<V> outcome = predictor.predict(input);
    boolean unused = journal.record(id.apply(input), input, outcome);
    return outcome;
  }

  @Override
  public List<Outcome<V>> predictAll(List<? extends I> inputs) {
    List<Outcome<V>> outcomes = predictor.predictAll(inputs);
    for (int i = 0; i < outcomes.size(); i++) {
      I input = inputs.get(i);
      boolean unused = journal.record(id.apply(input), input, outcomes.get(i));
    }
    return outcomes;
  }

  /** Not offered: what is recorded is the input of each answer. */
  @Override
  public List<Outcome<V>> predictRows(Table rows) {
    throw new MillwrightException(
        ErrorCode.UNSUPPORTED,
        "answers by the columns of a table are not recorded"
            + "\nMaybe give each row to predict, as rows.slice(i, i + 1)");
  }

  @Override
  public Explanation explain(I input, ExplainRequest how) {
    return predictor.explain(input, how);
  }

  @Override
  public ModelInfo info() {
    return predictor.info();
  }

  @Override
  public void close() {
    predictor.close();
  }
}
