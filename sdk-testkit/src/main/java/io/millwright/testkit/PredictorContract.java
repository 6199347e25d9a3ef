package io.millwright.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.millwright.api.Capability;
import io.millwright.api.ErrorCode;
import io.millwright.api.ExplainRequest;
import io.millwright.api.Explanation;
import io.millwright.api.MillwrightException;
import io.millwright.api.ModelInfo;
import io.millwright.api.Outcome;
import io.millwright.api.Predictor;
import io.millwright.api.Uncertainties;
import io.millwright.api.Uncertainty;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * What holds for every {@link Predictor} (contract test): answers do not depend on other callers,
 * are repeated, come singly and together; capabilities are true both ways; closing is safe; dirty
 * data never throw; memory does not grow; the network is left alone.
 *
 * @param <I> one input
 * @param <V> one answer
 */
@ExtendWith(NoNetwork.class)
public abstract class PredictorContract<I, V> {

  /** For subclasses. */
  protected PredictorContract() {}

  /**
   * Opens the predictor under test, the same model at every call.
   *
   * @return a new predictor; the contract closes it
   */
  protected abstract Predictor<I, V> open();

  /**
   * Clean inputs that the model answers, not abstains from.
   *
   * @return at least three different ones
   */
  protected abstract List<I> inputs();

  /**
   * Inputs with dirty values: missing, infinite, out of range. They must be answered, with flags,
   * or abstained from.
   *
   * @return the inputs; none by default
   */
  protected List<I> dirtyInputs() {
    return List.of();
  }

  /**
   * Inputs that are wrong use, such as without a column of the model. They must throw.
   *
   * @return the inputs; none by default
   */
  protected List<I> wrongInputs() {
    return List.of();
  }

  /**
   * How often a prediction is made to warm up; then three rounds of twice as many are measured.
   *
   * @return the number of calls; 1000 by default
   */
  protected int memoryCalls() {
    return 1000;
  }

  private List<Outcome<V>> serial(Predictor<I, V> predictor) {
    List<Outcome<V>> all = new ArrayList<>();
    inputs().forEach(input -> all.add(predictor.predict(input)));
    return all;
  }

  @Test
  void theInputsAreAnswered() {
    try (Predictor<I, V> predictor = open()) {
      assertThat(inputs()).as("inputs").hasSizeGreaterThanOrEqualTo(3);
      assertThat(serial(predictor)).allMatch(Outcome.Prediction.class::isInstance);
      assertThat(serial(predictor)).allMatch(o -> o.model().equals(predictor.info()));
    }
  }

  @Test
  void theSameInputHasTheSameAnswer() {
    try (Predictor<I, V> one = open();
        Predictor<I, V> two = open()) {
      List<Outcome<V>> first = serial(one);
      Contracts.assertSame(serial(one), first, "asked again");
      Contracts.assertSame(serial(two), first, "opened again");
    }
  }

  @Test
  void manyThreadsGetTheAnswersOfOne() throws Exception {
    try (Predictor<I, V> predictor = open()) {
      List<I> inputs = inputs();
      List<Outcome<V>> expected = serial(predictor);
      List<Callable<Void>> work = new ArrayList<>();
      for (int t = 0; t < Contracts.THREADS; t++) {
        int offset = t;
        work.add(
            () -> {
              for (int i = 0; i < 200; i++) {
                int at = (offset + i) % inputs.size();
                Contracts.assertSame(
                    predictor.predict(inputs.get(at)), expected.get(at), "from several threads");
              }
              return null;
            });
      }
      Contracts.together(work);
    }
  }

  @Test
  void togetherIsTheSameAsOneByOne() {
    try (Predictor<I, V> predictor = open()) {
      List<Outcome<V>> single = serial(predictor);
      List<Outcome<V>> all = predictor.predictAll(inputs());
      assertThat(all).hasSameSizeAs(single);
      for (int i = 0; i < all.size(); i++) {
        Contracts.assertClose(all.get(i), single.get(i), "predictAll, answer " + i);
      }
      assertThat(predictor.predictAll(List.of())).isEmpty();
    }
  }

  @Test
  void explanationsAreGivenExactlyWhenDeclared() {
    try (Predictor<I, V> predictor = open()) {
      I input = inputs().get(0);
      if (predictor.info().capabilities().contains(Capability.EXPLAIN)) {
        Explanation explanation = predictor.explain(input, ExplainRequest.standard());
        assertThat(explanation.method()).isNotBlank();
        assertThat(explanation.contributions().size())
            .isBetween(0, ExplainRequest.standard().most());
        assertThat(explanation.answer()).isFinite();
      } else {
        Contracts.assertThrowsCode(
            ErrorCode.UNSUPPORTED,
            "explain of a model without EXPLAIN",
            () -> predictor.explain(input, ExplainRequest.standard()));
      }
    }
  }

  @Test
  void uncertaintyIsMeasuredExactlyWhenDeclared() {
    try (Predictor<I, V> predictor = open()) {
      boolean declared = predictor.info().capabilities().contains(Capability.CALIBRATED);
      for (Outcome<V> outcome : serial(predictor)) {
        Uncertainties uncertainty = outcome.orElseThrow().uncertainty();
        boolean none = uncertainty.at(0.9) instanceof Uncertainty.None;
        assertThat(!none)
            .as("%s at 0.9, where CALIBRATED is %s", uncertainty.at(0.9), declared)
            .isEqualTo(declared);
        checkLevels(uncertainty);
      }
    }
  }

  private static void checkLevels(Uncertainties uncertainty) {
    for (double wrong : new double[] {0, 1, -1, 2, Double.NaN}) {
      assertThatThrownBy(() -> uncertainty.at(wrong))
          .as("level %s", wrong)
          .isInstanceOfAny(IllegalArgumentException.class, MillwrightException.class);
    }
    double low = Double.POSITIVE_INFINITY;
    double high = Double.NEGATIVE_INFINITY;
    for (double level = 0.05; level < 1; level += 0.05) {
      Uncertainty at = uncertainty.at(level);
      if (at instanceof Uncertainty.Interval interval) {
        assertThat(interval.low()).as("lower end at %s", level).isLessThanOrEqualTo(low);
        assertThat(interval.high()).as("upper end at %s", level).isGreaterThanOrEqualTo(high);
        low = interval.low();
        high = interval.high();
      }
    }
    double[] quantiles = uncertainty.quantiles(0.05, 0.25, 0.5, 0.75, 0.95);
    for (int i = 1; i < quantiles.length; i++) {
      if (!Double.isNaN(quantiles[i])) {
        assertThat(quantiles[i]).as("quantile %s", i).isGreaterThanOrEqualTo(quantiles[i - 1]);
      }
    }
  }

  @Test
  void dirtyInputsNeverThrow() {
    try (Predictor<I, V> predictor = open()) {
      for (I input : dirtyInputs()) {
        assertThatCode(() -> predictor.predict(input)).as("%s", input).doesNotThrowAnyException();
        boolean remarked =
            predictor.predict(input).fold(p -> !p.flags().isEmpty(), a -> !a.findings().isEmpty());
        assertThat(remarked).as("%s should be flagged or abstained from", input).isTrue();
      }
    }
  }

  @Test
  void wrongUseTeaches() {
    try (Predictor<I, V> predictor = open()) {
      for (I input : wrongInputs()) {
        Throwable thrown = catchThrowable(() -> predictor.predict(input));
        assertThat(thrown).as("%s", input).isInstanceOf(MillwrightException.class);
        Contracts.assertTeaches((MillwrightException) thrown, "wrong input " + input);
      }
    }
  }

  @Test
  void aClosedPredictorSaysSo() {
    Predictor<I, V> predictor = open();
    ModelInfo info = predictor.info();
    I input = inputs().get(0);
    predictor.close();
    predictor.close();
    Contracts.assertThrowsCode(ErrorCode.CLOSED, "predict", () -> predictor.predict(input));
    Contracts.assertThrowsCode(
        ErrorCode.CLOSED, "predictAll", () -> predictor.predictAll(List.of(input)));
    if (info.capabilities().contains(Capability.EXPLAIN)) {
      Contracts.assertThrowsCode(
          ErrorCode.CLOSED, "explain", () -> predictor.explain(input, ExplainRequest.standard()));
    }
    assertThat(predictor.info()).isEqualTo(info);
    try (Predictor<I, V> other = open()) {
      assertThat(other.predict(input)).as("another predictor after the close").isNotNull();
    }
  }

  @Test
  void closingWhileOthersAskGivesAnAnswerOrSaysSo() throws Exception {
    I input = inputs().get(0);
    Predictor<I, V> predictor = open();
    Outcome<V> expected = predictor.predict(input);
    CountDownLatch asked = new CountDownLatch(Contracts.THREADS);
    List<Callable<Void>> work = new ArrayList<>();
    for (int t = 0; t < Contracts.THREADS; t++) {
      work.add(
          () -> {
            asked.countDown();
            for (int i = 0; i < 100_000; i++) {
              try {
                Contracts.assertSame(predictor.predict(input), expected, "while closing");
              } catch (MillwrightException e) {
                assertThat(e.code()).isEqualTo(ErrorCode.CLOSED);
                return null;
              }
            }
            throw new AssertionError("100000 answers after the close");
          });
    }
    work.add(
        () -> {
          asked.await();
          predictor.close();
          return null;
        });
    Contracts.together(work);
  }

  @Test
  void memoryDoesNotGrow() {
    List<I> inputs = inputs();
    try (Predictor<I, V> predictor = open()) {
      int[] at = {0};
      Contracts.assertNoGrowth(
          memoryCalls(), () -> predictor.predict(inputs.get(at[0]++ % inputs.size())));
    }
  }

  @Test
  void openingAndClosingKeepsNothing() {
    I input = inputs().get(0);
    Contracts.assertNoGrowth(
        20,
        () -> {
          try (Predictor<I, V> predictor = open()) {
            predictor.predict(input);
          }
        });
  }

  @Test
  void theModelIsDescribed() {
    try (Predictor<I, V> predictor = open()) {
      ModelInfo info = predictor.info();
      assertThat(info.task()).isNotBlank();
      assertThat(info.digest()).isNotBlank();
      assertThat(info.inputs().size()).isPositive();
      assertThat(info.provenance().producer()).isNotBlank();
    }
  }
}
