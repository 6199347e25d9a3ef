package io.millwright.core.learn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millwright.api.ErrorCode;
import io.millwright.api.MillwrightException;
import io.millwright.api.Trained;
import io.millwright.api.data.Table;
import io.millwright.api.learn.Learning;
import io.millwright.api.learn.Recipe;
import io.millwright.api.learn.Samples;
import io.millwright.api.learn.Schedule;
import io.millwright.api.learn.Split;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A training that was stopped and taken up again ends where an unbroken one ends, bit by bit. */
@Timeout(600)
class ResumeTest {

  private static final Samples<Table, Double> DATA = Bench.sequences(24, 1);

  @TempDir Path folder;

  private static Trained<Table, Double> learn(
      Learning learning, Optional<Path> resume, Bench.StopAfter<Trained<Table, Double>> control) {
    return Bench.alone().learn(Bench.recipe(learning, Split.folds(2)), DATA, resume, control);
  }

  private static String unbroken(Learning learning) {
    return Bench.digest(learn(learning, Optional.empty(), Bench.StopAfter.never()));
  }

  static Stream<Arguments> stops() {
    Learning plain = Bench.learning();
    Learning stopping = Bench.learning().epochs(12).earlyStopping(2);
    Learning paced =
        Learning.sgd(0.05, 0.9).batch(8).epochs(6).schedule(new Schedule.WarmUpCosine(0.2)).key(3);
    return Stream.of(plain, stopping, paced)
        .flatMap(l -> Stream.of(1, 2, 3, 7, 9).map(after -> Arguments.of(l, after)));
  }

  @ParameterizedTest
  @MethodSource("stops")
  void aStoppedTrainingEndsLikeAnUnbrokenOne(Learning learning, int after) {
    Learning kept = learning.checkpoints(folder, after % 2 + 1);
    var stop = new Bench.StopAfter<Trained<Table, Double>>(after);
    learn(kept, Optional.empty(), stop);
    assertThat(stop.epochs()).isEqualTo(after);
    assertThat(Bench.digest(learn(kept, Optional.of(folder), Bench.StopAfter.never())))
        .isEqualTo(unbroken(learning));
  }

  @Test
  void oftenStoppedIsStillTheSame() {
    Learning learning = Bench.learning().epochs(8).earlyStopping(3);
    Learning kept = learning.checkpoints(folder, 1);
    for (int i = 0; i < 4; i++) {
      learn(kept, Optional.of(folder), new Bench.StopAfter<>(1));
    }
    assertThat(Bench.digest(learn(kept, Optional.of(folder), Bench.StopAfter.never())))
        .isEqualTo(unbroken(learning));
  }

  @Test
  void whatIsFinishedIsNotTrainedAgain() {
    Learning kept = Bench.learning().checkpoints(folder, 4);
    String digest = unbroken(kept);
    var again = Bench.StopAfter.<Trained<Table, Double>>never();
    assertThat(Bench.digest(learn(kept, Optional.of(folder), again))).isEqualTo(digest);
    assertThat(again.epochs()).isZero();
  }

  @Test
  void withoutResumeNothingIsTakenUp() {
    Learning kept = Bench.learning().checkpoints(folder, 4);
    unbroken(kept);
    var again = Bench.StopAfter.<Trained<Table, Double>>never();
    learn(kept, Optional.empty(), again);
    assertThat(again.epochs()).isEqualTo(12);
  }

  @Test
  void otherDataOrSettingsAreRefused() {
    Learning kept = Bench.learning().checkpoints(folder, 2);
    unbroken(kept);
    Recipe<Table, Double, Double> same = Bench.recipe(kept, Split.folds(2));
    List<Runnable> wrong =
        List.of(
            () ->
                Bench.alone()
                    .learn(
                        same, Bench.sequences(24, 2), Optional.of(folder), Bench.StopAfter.never()),
            () -> learn(kept.key(8), Optional.of(folder), Bench.StopAfter.never()),
            () -> learn(kept.epochs(7), Optional.of(folder), Bench.StopAfter.never()));
    for (Runnable run : wrong) {
      assertThatThrownBy(run::run)
          .isInstanceOfSatisfying(
              MillwrightException.class,
              e -> assertThat(e.code()).isEqualTo(ErrorCode.WRONG_BUNDLE))
          .hasMessageContaining(folder.toString())
          .hasMessageContaining("Maybe");
    }
  }

  /** Cut off, or with one byte changed, somewhere in the file. */
  @ParameterizedTest
  @ValueSource(doubles = {0, 0.01, 0.1, 0.3, 0.5, 0.7, 0.9, 0.99})
  void aDamagedCheckpointIsNone(double where) throws IOException {
    Learning learning = Bench.learning();
    Learning kept = learning.checkpoints(folder, 1);
    learn(kept, Optional.empty(), new Bench.StopAfter<>(9));
    boolean cut = true;
    int damaged = 0;
    try (Stream<Path> files = Files.list(folder)) {
      for (Path file : files.sorted().toList()) {
        byte[] bytes = Files.readAllBytes(file);
        // Behind the magic number and the digest: a changed digest says other data.
        int at = 80 + (int) ((bytes.length - 80) * where);
        if (cut) {
          bytes = Arrays.copyOf(bytes, at);
        } else {
          bytes[at] ^= 4;
        }
        Files.write(file, bytes);
        cut = !cut;
        damaged++;
      }
    }
    assertThat(damaged).isEqualTo(2);
    var again = Bench.StopAfter.<Trained<Table, Double>>never();
    assertThat(Bench.digest(learn(kept, Optional.of(folder), again))).isEqualTo(unbroken(learning));
    assertThat(again.epochs()).isEqualTo(12);
  }

  @Test
  void anEmptyFolderBeginsAnewAndNoneIsRefused() {
    Learning learning = Bench.learning();
    assertThat(Bench.digest(learn(learning, Optional.of(folder), Bench.StopAfter.never())))
        .isEqualTo(unbroken(learning));
    Path none = folder.resolve("none");
    assertThatThrownBy(() -> learn(learning, Optional.of(none), Bench.StopAfter.never()))
        .isInstanceOfSatisfying(
            MillwrightException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.IO_FAILED))
        .hasMessageContaining(none.toString())
        .hasMessageContaining("Maybe");
  }
}
