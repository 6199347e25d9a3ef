package io.millwright.runtime.text;

import io.millwright.api.ErrorCode;
import io.millwright.api.ExplainRequest;
import io.millwright.api.Explanation;
import io.millwright.api.Finding;
import io.millwright.api.MillwrightException;
import io.millwright.api.ModelInfo;
import io.millwright.api.Outcome;
import io.millwright.api.Predictor;
import io.millwright.api.Uncertainties;
import io.millwright.api.text.Entities;
import io.millwright.runtime.words.Words;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;

/** Finds entities. Thread-safe. */
public final class EntityPredictor implements Predictor<String, Entities> {

  private final EntityModel model;
  private final ModelInfo info;
  private volatile boolean closed;

  /**
   * @param model finds
   * @param info describes it
   */
  public EntityPredictor(EntityModel model, ModelInfo info) {
    this.model = model;
    this.info = info;
  }

  @Override
  public Outcome<Entities> predict(String input) {
    open();
    if (Words.of(input).isEmpty()) {
      return new Outcome.Abstention<>(
          ErrorCode.MISSING_VALUE,
          List.of(
              new Finding(
                  ErrorCode.MISSING_VALUE,
                  "text",
                  "holds no word",
                  "give a text with letters or digits.")),
          info);
    }
    return new Outcome.Prediction<>(
        model.of(input),
        Uncertainties.none("each entity has a probability of its own"),
        Set.of(),
        info);
  }

  @Override
  public List<Outcome<Entities>> predictAll(List<? extends String> inputs) {
    List<Outcome<Entities>> all = new ArrayList<>(inputs.size());
    for (String input : inputs) {
      all.add(predict(input));
    }
    return List.copyOf(all);
  }

  @Override
  public Explanation explain(String input, ExplainRequest how) {
    open();
    List<Explanation.Contribution> all = new ArrayList<>();
    double mean = 0;
    List<Entities.Entity> found = model.of(input).all();
    for (Entities.Entity entity : found) {
      if (how.label().isEmpty() || how.label().get().equals(entity.span().type())) {
        all.add(
            new Explanation.Contribution(
                entity.span().type(), entity.text(), entity.probability()));
      }
      mean += entity.probability() / found.size();
    }
    all.sort(Comparator.comparingDouble(c -> -c.effect()));
    return new Explanation(
        "the probability of each entity that was found",
        0,
        mean,
        all.subList(0, Math.min(how.most(), all.size())));
  }

  private void open() {
    if (closed) {
      throw new MillwrightException(
          ErrorCode.CLOSED,
          "the predictor of "
              + info.task()
              + " was closed\nMaybe open it again, or close it later");
    }
  }

  @Override
  public ModelInfo info() {
    return info;
  }

  @Override
  public void close() {
    closed = true;
  }
}
