package io.millwright.runtime.explain;

import io.millwright.api.ExplainRequest;
import io.millwright.api.Explanation;
import io.millwright.api.ModelInfo;
import io.millwright.api.Outcome;
import io.millwright.api.Predictor;
import io.millwright.api.Provenance;
import io.millwright.api.Uncertainties;
import io.millwright.api.data.Schema;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.function.Function;

/** A function as a predictor. */
public final class FunctionPredictor<I, V> implements Predictor<I, V> {

  private final Function<I, V> function;
  private final ModelInfo info;

  public FunctionPredictor(Schema inputs, List<String> classes, Function<I, V> function) {
    this.function = function;
    info =
        ModelInfo.builder()
            .task("test.function")
            .taskVersion(1)
            .digest("0".repeat(64))
            .inputs(inputs)
            .classes(classes)
            .provenance(
                Provenance.builder().producer("test").created(Instant.EPOCH).dataDigest("").build())
            .build();
  }

  @Override
  public Outcome<V> predict(I input) {
    return new Outcome.Prediction<>(
        function.apply(input), Uncertainties.none("a function"), Set.of(), info);
  }

  @Override
  public List<Outcome<V>> predictAll(List<? extends I> inputs) {
    return inputs.stream().<Outcome<V>>map(this::predict).toList();
  }

  @Override
  public Explanation explain(I input, ExplainRequest how) {
    throw new UnsupportedOperationException();
  }

  @Override
  public ModelInfo info() {
    return info;
  }

  @Override
  public void close() {}
}
