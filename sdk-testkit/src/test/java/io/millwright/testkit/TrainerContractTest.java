package io.millwright.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import io.millwright.api.ErrorCode;
import io.millwright.api.Evaluation;
import io.millwright.api.Job;
import io.millwright.api.MillwrightException;
import io.millwright.api.ModelInfo;
import io.millwright.api.Outcome;
import io.millwright.api.Predictor;
import io.millwright.api.Trained;
import io.millwright.api.Trainer;
import io.millwright.api.Uncertainties;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The contract passes for a trainer that keeps it, and fails for each way to break it. */
class TrainerContractTest {

  /** A way to break the contract. */
  enum Fault {
    NONE,
    IS_RANDOM,
    LOSES_PRECISION_IN_THE_FILE,
    LEAVES_FILES,
    CANNOT_BE_STOPPED,
    LEARNS_FROM_NOTHING,
    SAYS_NOTHING
  }

  private static final AtomicInteger COUNT = new AtomicInteger();

  /** Learns a mean. */
  private record Mean(double value, Fault fault) implements Trained<Double, Double> {
    @Override
    public Evaluation evaluation() {
      return Evaluation.builder()
          .protocol("none held out")
          .samples(3)
          .figures(Map.of("rmse", 1.0))
          .build();
    }

    @Override
    public Predictor<Double, Double> open() {
      throw new AssertionError("not asked for");
    }

    @Override
    public void saveTo(Path bundle) {
      try {
        Files.writeString(
            bundle, fault == Fault.LOSES_PRECISION_IN_THE_FILE ? "" + (float) value : "" + value);
        if (fault == Fault.LEAVES_FILES) {
          Files.writeString(bundle.resolveSibling("scaler.txt"), "1");
        }
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }

    @Override
    public ModelInfo info() {
      return Kit.info();
    }
  }

  private record MeanTrainer(Fault fault, boolean endless) implements Trainer<List<Double>, Mean> {
    @Override
    public Job<Mean> train(List<Double> data) {
      if (data.isEmpty() && fault != Fault.LEARNS_FROM_NOTHING) {
        throw new MillwrightException(
            ErrorCode.TOO_FEW_DATA,
            fault == Fault.SAYS_NOTHING ? "bad" : "no data\nMaybe give at least one number");
      }
      return FakeJobs.start(
          fault == Fault.CANNOT_BE_STOPPED,
          job -> {
            double sum = data.stream().mapToDouble(d -> d).sum();
            Mean mean =
                new Mean(
                    sum / Math.max(1, data.size())
                        + (fault == Fault.IS_RANDOM ? COUNT.incrementAndGet() : 0),
                    fault);
            long give = System.nanoTime() + 5_000_000_000L; // What cannot be stopped ends too.
            while (endless && !job.cancelled && System.nanoTime() < give) {
              job.best(mean);
              job.progress();
              Thread.onSpinWait();
            }
            return mean;
          });
    }

    @Override
    public Job<Mean> resume(Path checkpoint, List<Double> data) {
      return train(data);
    }
  }

  /** The contract on one fault. */
  abstract static class Case extends TrainerContract<List<Double>, Mean> {
    abstract Fault fault();

    @Override
    protected int hangGuard() {
      return fault() == Fault.NONE ? 60 : 1; // The bad ones do hang.
    }

    @Override
    protected Trainer<List<Double>, Mean> trainer() {
      return new MeanTrainer(fault(), false);
    }

    @Override
    protected Trainer<List<Double>, Mean> endless() {
      return new MeanTrainer(fault(), true);
    }

    @Override
    protected List<Double> data() {
      return List.of(1.0, 2.0, 7.1);
    }

    private static List<Outcome<Double>> answer(double value) {
      return List.of(
          new Outcome.Prediction<>(value, Uncertainties.none("fake"), Set.of(), Kit.info()));
    }

    @Override
    protected List<Outcome<Double>> ask(Mean model) {
      return answer(model.value);
    }

    @Override
    protected List<Outcome<Double>> ask(Path bundle) {
      try {
        return answer(Double.parseDouble(Files.readString(bundle)));
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }

    @Override
    protected List<List<Double>> badData() {
      return List.of(List.of());
    }
  }

  static final class None extends Case {
    @Override
    Fault fault() {
      return Fault.NONE;
    }
  }

  static final class IsRandom extends Case {
    @Override
    Fault fault() {
      return Fault.IS_RANDOM;
    }
  }

  static final class LosesPrecisionInTheFile extends Case {
    @Override
    Fault fault() {
      return Fault.LOSES_PRECISION_IN_THE_FILE;
    }
  }

  static final class LeavesFiles extends Case {
    @Override
    Fault fault() {
      return Fault.LEAVES_FILES;
    }
  }

  static final class CannotBeStopped extends Case {
    @Override
    Fault fault() {
      return Fault.CANNOT_BE_STOPPED;
    }
  }

  static final class LearnsFromNothing extends Case {
    @Override
    Fault fault() {
      return Fault.LEARNS_FROM_NOTHING;
    }
  }

  static final class SaysNothing extends Case {
    @Override
    Fault fault() {
      return Fault.SAYS_NOTHING;
    }
  }

  @Test
  void aGoodTrainerPasses() {
    assertThat(Kit.failures(None.class)).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "io.millwright.testkit.TrainerContractTest$IsRandom, theSameKeyGivesTheSameModel",
    "io.millwright.testkit.TrainerContractTest$LosesPrecisionInTheFile,"
        + " aSavedModelGivesTheSameAnswers",
    "io.millwright.testkit.TrainerContractTest$LeavesFiles, aSavedModelGivesTheSameAnswers",
    "io.millwright.testkit.TrainerContractTest$CannotBeStopped, aTrainingCanBeStopped",
    "io.millwright.testkit.TrainerContractTest$LearnsFromNothing, badDataAreRefusedWithAllFaults",
    "io.millwright.testkit.TrainerContractTest$SaysNothing, badDataAreRefusedWithAllFaults"
  })
  void aBadTrainerFails(Class<?> contract, String test) {
    assertThat(Kit.failures(contract)).contains(test);
  }
}
