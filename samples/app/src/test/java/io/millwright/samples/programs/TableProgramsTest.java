package io.millwright.samples.programs;

import static org.assertj.core.api.Assertions.assertThat;

import io.millwright.api.Millwright;
import io.millwright.api.Predictor;
import io.millwright.api.TableLearning;
import io.millwright.api.data.Table;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The two programs of docs/from-keras.md, on small files. */
@Tag("thorough")
class TableProgramsTest {

  @TempDir Path folder;

  private void answers(Path model, Table rows) {
    try (Millwright millwright = Millwright.create();
        Predictor<Table, Double> predictor = millwright.open(TableLearning.NUMBER, model)) {
      assertThat(predictor.predict(rows).orElseThrow().value()).isFinite();
      assertThat(millwright.info(model).figures().get("rmse")).isPositive();
    }
  }

  private Table read(Path csv) {
    try (Millwright millwright = Millwright.create()) {
      return millwright.tables().csv(csv);
    }
  }

  @Test
  void thePerceptronLearnsFromATable() throws IOException, InterruptedException {
    StringBuilder text = new StringBuilder("heat,seconds,strength\n");
    Random random = new Random(1);
    for (int r = 0; r < 200; r++) {
      double heat = random.nextDouble();
      double seconds = random.nextDouble();
      text.append(
          String.format(Locale.ROOT, "%.4f,%.4f,%.4f%n", heat, seconds, 5 * heat * seconds + heat));
    }
    Path csv = Files.writeString(folder.resolve("parts.csv"), text);
    Path model = folder.resolve("strength.mwb");
    PerceptronOnTable.main(new String[] {csv.toString(), model.toString()});
    answers(model, read(csv).slice(0, 1));
  }

  @Test
  void theRecurrentNetworkLearnsFromWindows() throws IOException, InterruptedException {
    StringBuilder text = new StringBuilder("machine,sound,wear\n");
    Random random = new Random(2);
    for (int m = 0; m < 6; m++) {
      for (int r = 0; r < 45; r++) {
        text.append(
            String.format(
                Locale.ROOT,
                "m%d,%.4f,%.4f%n",
                m,
                r / 45.0 + 0.1 * random.nextGaussian(),
                r * 0.1));
      }
    }
    Path csv = Files.writeString(folder.resolve("readings.csv"), text);
    Path model = folder.resolve("wear.mwb");
    LstmOnWindows.main(new String[] {csv.toString(), model.toString()});
    answers(model, read(csv).slice(0, 40));
  }
}
