package io.millwright.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import io.millwright.api.Capability;
import io.millwright.api.ErrorCode;
import io.millwright.api.ExplainRequest;
import io.millwright.api.Explanation;
import io.millwright.api.Finding;
import io.millwright.api.Flag;
import io.millwright.api.MillwrightException;
import io.millwright.api.ModelInfo;
import io.millwright.api.Outcome;
import io.millwright.api.Predictor;
import io.millwright.api.Uncertainties;
import io.millwright.api.Uncertainty;
import io.millwright.api.data.Unit;
import java.io.IOException;
import java.net.URI;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The contract passes for a predictor that keeps it, and fails for each way to break it. */
class PredictorContractTest {

  /** A way to break the contract. */
  enum Fault {
    NONE,
    SHARES_STATE,
    FORGETS_SOME,
    HIDES_EXPLANATION,
    EXPLAINS_UNDECLARED,
    CLAIMS_CALIBRATION,
    ANSWERS_WHEN_CLOSED,
    THROWS_WITHOUT_REMEDY,
    THROWS_ON_DIRT,
    LEAKS,
    CROSSES_INTERVALS,
    CALLS_HOME,
    DRIFTS
  }

  private static final List<byte[]> LEAKED = new ArrayList<>();

  /** Doubles its input. */
  private static final class Doubler implements Predictor<Double, Double> {
    private final Fault fault;
    private volatile boolean closed;
    private final Thread owner = Thread.currentThread();
    private double scratch;
    private int calls;

    Doubler(Fault fault) {
      this.fault = fault;
    }

    @Override
    public Outcome<Double> predict(Double input) {
      if (closed && fault != Fault.ANSWERS_WHEN_CLOSED) {
        throw new MillwrightException(
            ErrorCode.CLOSED,
            fault == Fault.THROWS_WITHOUT_REMEDY ? "closed" : "closed\nMaybe open another");
      }
      double value = 2 * input;
      if (fault == Fault.SHARES_STATE) {
        // The answer to whoever asked before: what a buffer without protection comes to.
        synchronized (this) {
          value = owner == Thread.currentThread() ? value : 2 * scratch;
          scratch = input;
        }
      } else if (fault == Fault.LEAKS) {
        LEAKED.add(new byte[100_000]);
      } else if (fault == Fault.DRIFTS) {
        value += calls++;
      } else if (fault == Fault.CALLS_HOME) {
        try {
          URI.create("http://192.0.2.1/usage").toURL().openStream().close();
        } catch (IOException | RuntimeException e) {
          // Hidden, as such calls are.
        }
      }
      if (Double.isNaN(input)) {
        if (fault == Fault.THROWS_ON_DIRT) {
          throw new ArithmeticException("NaN");
        }
        return new Outcome.Abstention<>(
            ErrorCode.MISSING_VALUE,
            List.of(Finding.of(ErrorCode.MISSING_VALUE, "x", "is missing")),
            info());
      }
      return new Outcome.Prediction<>(value, uncertainty(value), Set.<Flag>of(), info());
    }

    private Uncertainties uncertainty(double value) {
      if (fault == Fault.CLAIMS_CALIBRATION) {
        return Uncertainties.none("never measured");
      }
      return new Uncertainties() {
        @Override
        public Uncertainty at(double level) {
          double half = fault == Fault.CROSSES_INTERVALS ? 1 - level : level;
          return new Uncertainty.Interval(level, value - half, value + half, Unit.NONE);
        }

        @Override
        public double[] quantiles(double... probabilities) {
          return Arrays.stream(probabilities).map(p -> value + p - 0.5).toArray();
        }
      };
    }

    @Override
    public List<Outcome<Double>> predictAll(List<? extends Double> inputs) {
      List<Outcome<Double>> all = new ArrayList<>();
      inputs.forEach(input -> all.add(predict(input)));
      if (closed) {
        predict(0.0);
      }
      return fault == Fault.FORGETS_SOME && all.size() > 1 ? all.subList(1, all.size()) : all;
    }

    @Override
    public Explanation explain(Double input, ExplainRequest how) {
      predict(input);
      if (fault == Fault.HIDES_EXPLANATION) {
        throw new MillwrightException(ErrorCode.UNSUPPORTED, "no\nMaybe later");
      }
      return new Explanation("exact", 0, 2 * input, List.of());
    }

    @Override
    public ModelInfo info() {
      return fault == Fault.EXPLAINS_UNDECLARED
          ? Kit.info(Capability.CALIBRATED)
          : Kit.info(Capability.CALIBRATED, Capability.EXPLAIN);
    }

    @Override
    public void close() {
      closed = true;
    }
  }

  /** The contract on one fault. */
  abstract static class Case extends PredictorContract<Double, Double> {
    abstract Fault fault();

    @Override
    protected Predictor<Double, Double> open() {
      return new Doubler(fault());
    }

    @Override
    protected List<Double> inputs() {
      return List.of(1.0, 2.0, 3.0, 4.0, 5.0);
    }

    @Override
    protected List<Double> dirtyInputs() {
      return List.of(Double.NaN);
    }

    @Override
    protected int memoryCalls() {
      return 100;
    }
  }

  static final class None extends Case {
    @Override
    Fault fault() {
      return Fault.NONE;
    }
  }

  static final class SharesState extends Case {
    @Override
    Fault fault() {
      return Fault.SHARES_STATE;
    }
  }

  static final class ForgetsSome extends Case {
    @Override
    Fault fault() {
      return Fault.FORGETS_SOME;
    }
  }

  static final class HidesExplanation extends Case {
    @Override
    Fault fault() {
      return Fault.HIDES_EXPLANATION;
    }
  }

  static final class ExplainsUndeclared extends Case {
    @Override
    Fault fault() {
      return Fault.EXPLAINS_UNDECLARED;
    }
  }

  static final class ClaimsCalibration extends Case {
    @Override
    Fault fault() {
      return Fault.CLAIMS_CALIBRATION;
    }
  }

  static final class AnswersWhenClosed extends Case {
    @Override
    Fault fault() {
      return Fault.ANSWERS_WHEN_CLOSED;
    }
  }

  static final class ThrowsWithoutRemedy extends Case {
    @Override
    Fault fault() {
      return Fault.THROWS_WITHOUT_REMEDY;
    }
  }

  static final class ThrowsOnDirt extends Case {
    @Override
    Fault fault() {
      return Fault.THROWS_ON_DIRT;
    }
  }

  static final class Leaks extends Case {
    @Override
    Fault fault() {
      return Fault.LEAKS;
    }
  }

  static final class CrossesIntervals extends Case {
    @Override
    Fault fault() {
      return Fault.CROSSES_INTERVALS;
    }
  }

  static final class CallsHome extends Case {
    @Override
    Fault fault() {
      return Fault.CALLS_HOME;
    }
  }

  static final class Drifts extends Case {
    @Override
    Fault fault() {
      return Fault.DRIFTS;
    }
  }

  @Test
  void aGoodPredictorPasses() {
    assertThat(Kit.failures(None.class)).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "io.millwright.testkit.PredictorContractTest$SharesState, manyThreadsGetTheAnswersOfOne",
    "io.millwright.testkit.PredictorContractTest$ForgetsSome, togetherIsTheSameAsOneByOne",
    "io.millwright.testkit.PredictorContractTest$HidesExplanation,"
        + " explanationsAreGivenExactlyWhenDeclared",
    "io.millwright.testkit.PredictorContractTest$ExplainsUndeclared,"
        + " explanationsAreGivenExactlyWhenDeclared",
    "io.millwright.testkit.PredictorContractTest$ClaimsCalibration,"
        + " uncertaintyIsMeasuredExactlyWhenDeclared",
    "io.millwright.testkit.PredictorContractTest$AnswersWhenClosed, aClosedPredictorSaysSo",
    "io.millwright.testkit.PredictorContractTest$ThrowsWithoutRemedy, aClosedPredictorSaysSo",
    "io.millwright.testkit.PredictorContractTest$ThrowsOnDirt, dirtyInputsNeverThrow",
    "io.millwright.testkit.PredictorContractTest$Leaks, memoryDoesNotGrow",
    "io.millwright.testkit.PredictorContractTest$CrossesIntervals,"
        + " uncertaintyIsMeasuredExactlyWhenDeclared",
    "io.millwright.testkit.PredictorContractTest$CallsHome, theInputsAreAnswered",
    "io.millwright.testkit.PredictorContractTest$Drifts, theSameInputHasTheSameAnswer"
  })
  void aBadPredictorFails(Class<?> contract, String test) {
    try {
      assertThat(Kit.failures(contract)).contains(test);
    } finally {
      LEAKED.clear();
    }
  }
}
