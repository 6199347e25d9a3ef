package outside;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millwright.api.EnginePolicy;
import io.millwright.api.ErrorCode;
import io.millwright.api.Millwright;
import io.millwright.api.MillwrightEvent;
import io.millwright.api.MillwrightException;
import io.millwright.api.PluginSource;
import io.millwright.api.Predictor;
import io.millwright.api.Trained;
import io.millwright.api.data.CsvFormat;
import io.millwright.api.data.ReadTable;
import io.millwright.api.data.Table;
import io.millwright.api.learn.Learning;
import io.millwright.api.learn.Networks;
import io.millwright.api.learn.Recipe;
import io.millwright.api.learn.Retrainable;
import io.millwright.api.learn.Sample;
import io.millwright.api.learn.Samples;
import io.millwright.api.learn.Split;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Each thing that a plug-in may bring is used by the host. */
class WorkshopTest {

  @TempDir Path folder;

  private Millwright host(boolean withPlugin) throws Exception {
    Path services = Files.createDirectories(folder.resolve(withPlugin + "/META-INF/services"));
    Files.writeString(
        services.resolve("io.millwright.api.spi.Plugin"),
        withPlugin ? Workshop.class.getName() : "");
    URL[] urls = {folder.resolve(withPlugin + "/").toUri().toURL()};
    return Millwright.builder()
        .plugins(PluginSource.classPath(new URLClassLoader(urls, getClass().getClassLoader())))
        .engines(EnginePolicy.automatic().withEngine("PyTorch"))
        .build();
  }

  private static Samples<Table, Double> samples() {
    Random random = new Random(5);
    List<Sample<Table, Double>> all = new ArrayList<>();
    for (int i = 0; i < 120; i++) {
      double load = random.nextGaussian();
      double speed = random.nextGaussian();
      double noise = Math.abs(random.nextGaussian());
      all.add(
          Sample.of(
              "s" + i,
              Table.ofNumbers(Workshop.COLUMNS, new double[][] {{load, speed}}),
              load - speed + noise));
    }
    return new Samples<>(all);
  }

  private static Recipe<Table, Double, Double> recipe(double share) {
    return Recipe.of(Workshop.BINDING)
        .network(Networks.linear())
        .learning(
            Learning.adam(0.05).epochs(30).batch(16).loss(new Workshop.Expectile(share)).key(3))
        .split(Split.folds(2).by(Split.By.ROW))
        .build();
  }

  private static double mean(Trained<Table, Double> model) {
    try (Predictor<Table, Double> predictor = model.open()) {
      return samples().all().stream()
          .mapToDouble(s -> predictor.predict(s.input()).orElseThrow().value())
          .average()
          .orElseThrow();
    }
  }

  @Test
  void aLossByNameIsLearntWithKeptAndOpenedAgain() throws Exception {
    Path bundle = folder.resolve("strain.mwb");
    try (Millwright millwright = host(true)) {
      Workshop.Door door = millwright.plugin(Workshop.Door.class);
      Trained<Table, Double> high = door.learning().trainer(recipe(0.95)).train(samples()).await();
      Trained<Table, Double> low = door.learning().trainer(recipe(0.05)).train(samples()).await();
      assertThat(mean(high)).as("an expectile above another").isGreaterThan(mean(low) + 0.3);
      high.saveTo(bundle);
      Retrainable<Table, Double, Double> again = door.learning().reopen(Workshop.BINDING, bundle);
      assertThat(again.recipe().learning().loss()).contains(new Workshop.Expectile(0.95));
      Trained<Table, Double> retrained = again.retrainer().train(samples()).await();
      assertThat(retrained.info().digest()).isEqualTo(high.info().digest());
      assertThat(door.heard()).anyMatch(e -> e instanceof MillwrightEvent.JobEnded);
      try (Predictor<Table, Object> untyped = millwright.open(bundle)) {
        assertThat(untyped.predict(samples().all().get(0).input()).orElseThrow().value())
            .as("a head of the plug-in, opened without its task")
            .isInstanceOf(Double.class);
      }
    }
    try (Millwright millwright = host(false)) {
      assertThatThrownBy(() -> millwright.open(bundle))
          .isInstanceOfSatisfying(
              MillwrightException.class,
              e -> assertThat(e.code()).isEqualTo(ErrorCode.WRONG_BUNDLE))
          .hasMessageContaining("\nMaybe ");
    }
  }

  @Test
  void aFormatIsReadWhereverTablesAreRead() throws Exception {
    Path file = Files.writeString(folder.resolve("a.WLOG"), "1 2\n3.5 -4\n");
    try (Millwright millwright = host(true)) {
      ReadTable read = millwright.tables().read(file, CsvFormat.guessed());
      assertThat(read.table())
          .isEqualTo(Table.ofNumbers(Workshop.COLUMNS, new double[][] {{1, 2}, {3.5, -4}}));
      assertThat(read.report().remarks()).contains("read by a plug-in as workshop log");
      List<Table> batches = new ArrayList<>();
      millwright.tables().batches(file, CsvFormat.guessed(), 1, batches::add);
      assertThat(batches).hasSize(2);
      Files.writeString(file, "1 x\n");
      assertThatThrownBy(() -> millwright.tables().csv(file))
          .isInstanceOfSatisfying(
              MillwrightException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.BAD_FILE))
          .hasMessageContaining("workshop log")
          .hasMessageContaining("\nMaybe ");
    }
  }
}
