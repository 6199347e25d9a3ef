package io.millwright.runtime.prepare;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millwright.api.data.Column;
import io.millwright.api.data.Schema;
import io.millwright.api.data.Table;
import io.millwright.api.data.TableBuilder;
import io.millwright.api.learn.Preparation;
import io.millwright.api.learn.Step;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Generated fleets whose operating conditions are known. */
class ConditionFinderTest {

  private static final double[][] SIX = {
    {0, 0, 100}, {10, 0.25, 100}, {20, 0.7, 100}, {25, 0.62, 60}, {35, 0.84, 100}, {42, 0.84, 100}
  };

  /**
   * A fleet of engines: three settings, sensors that follow the condition and wear, one that
   * follows it alone, a rounded one that flips between two digits with wear, and one of noise.
   *
   * @param conditions how many of the six conditions there are
   * @param noise the noise of settings
   * @param stay how likely a row is to keep the condition of the row before
   * @param modes in how many ways a unit may wear; the second turns half of the sensors round
   * @param span how far the levels of a sensor lie apart; wear makes 2
   */
  private record Plant(int conditions, double noise, double stay, int modes, double span) {

    Plant(int conditions, double noise, double stay, int modes) {
      this(conditions, noise, stay, modes, 40);
    }

    List<Table> fleet(int units, long key) {
      SplittableRandom random = new SplittableRandom(key);
      List<Column> columns = new ArrayList<>();
      for (int j = 0; j < 3; j++) {
        columns.add(Column.number("setting" + j));
      }
      for (int j = 0; j < 10; j++) {
        columns.add(Column.number("sensor" + j));
      }
      for (String name : List.of("inlet", "rounded", "noise")) {
        columns.add(Column.number(name));
      }
      double[][] levels = new double[10][SIX.length];
      for (double[] level : levels) {
        for (int k = 0; k < SIX.length; k++) {
          level[k] = 100 + span * random.nextDouble();
        }
      }
      List<Table> fleet = new ArrayList<>();
      for (int u = 0; u < units; u++) {
        int life = 80 + random.nextInt(120);
        int mode = random.nextInt(modes);
        TableBuilder table = Table.builder(new Schema(columns), life);
        int k = random.nextInt(conditions);
        for (int r = 0; r < life; r++) {
          k = random.nextDouble() < stay ? k : random.nextInt(conditions);
          double wear = Math.pow((double) r / life, 2);
          List<Object> row = new ArrayList<>();
          for (int j = 0; j < 3; j++) {
            row.add(SIX[k][j] + noise * gaussian(random));
          }
          for (int j = 0; j < 10; j++) {
            double way = mode == 1 && j % 2 == 0 ? -1 : 1;
            row.add(levels[j][k] + 2 * way * wear + 0.3 * gaussian(random));
          }
          row.add(levels[0][k]);
          row.add(Math.round(100 * (0.022 + 0.01 * wear + 0.002 * gaussian(random))) / 100.0);
          row.add(gaussian(random));
          table.add(row);
        }
        fleet.add(table.build());
      }
      return fleet;
    }
  }

  private static double gaussian(SplittableRandom random) {
    return Math.sqrt(-2 * Math.log(1 - random.nextDouble()))
        * Math.cos(2 * Math.PI * random.nextDouble());
  }

  private static FittedStep.Conditions find(List<Table> fleet) {
    FittedPreparation fitted =
        FittedPreparation.fit(
                Preparation.of(new Step.Conditions(List.of(), 8)), fleet.get(0).schema(), fleet)
            .preparation();
    return fitted.steps().stream()
        .filter(s -> s instanceof FittedStep.Conditions)
        .map(s -> (FittedStep.Conditions) s)
        .findFirst()
        .orElseThrow();
  }

  private static List<String> settings(FittedStep.Conditions found) {
    return found.settings().stream().map(FittedStep.Line::column).toList();
  }

  private static List<Table> without(List<Table> fleet, String prefix) {
    return fleet.stream()
        .map(t -> t.select(t.schema().names().stream().filter(n -> !n.startsWith(prefix)).toList()))
        .toList();
  }

  @ParameterizedTest
  @CsvSource({
    "6, 0, 0, 1, 60",
    "6, 0.001, 0, 2, 60",
    "2, 0, 0, 1, 40",
    "2, 0.01, 0, 2, 20",
    "6, 0, 0.9, 2, 60",
    "6, 0.002, 0, 2, 12",
    "3, 0, 0.5, 1, 30"
  })
  void findsTheConditionsThereAre(int conditions, double noise, double stay, int modes, int units) {
    FittedStep.Conditions found = find(new Plant(conditions, noise, stay, modes).fleet(units, 7));
    assertThat(found.conditions()).hasSize(conditions);
    assertThat(settings(found)).doesNotContain("rounded", "noise", "sensor3", "sensor4");
    assertThat(found.readings()).contains("rounded", "sensor3", "sensor4");
  }

  /** Missing cells hold the last value, so that levels meet that never do. */
  @Test
  void aReadingWithMissingCellsMakesNoConditions() {
    SplittableRandom random = new SplittableRandom(5);
    Schema schema =
        new Schema(Stream.of("load", "heat", "press", "flow").map(Column::number).toList());
    List<Table> fleet = new ArrayList<>();
    for (int u = 0; u < 12; u++) {
      int life = 80 + random.nextInt(80);
      double flow = 0;
      TableBuilder table = Table.builder(schema, life);
      for (int r = 0; r < life; r++) {
        int k = random.nextInt(2);
        double wear = Math.pow((double) r / life, 2);
        flow = r > 0 && random.nextDouble() < 0.03 ? flow : 50 + 7 * k;
        table.add(
            List.<Object>of(
                25.0 * k,
                20 + 15 * k + 8 * wear + 0.4 * gaussian(random),
                300 - 20 * k - 12 * wear + 0.6 * gaussian(random),
                flow));
      }
      fleet.add(table.build());
    }
    FittedStep.Conditions found = find(fleet);
    assertThat(found.conditions()).hasSize(2);
    assertThat(settings(found)).containsExactly("load");
  }

  @Test
  void oneConditionHasNoSettings() {
    FittedStep.Conditions found = find(new Plant(1, 0.001, 0, 2).fleet(40, 3));
    assertThat(found.conditions()).hasSize(1);
    assertThat(found.settings()).isEmpty();
  }

  @Test
  void settingsThatTheFileDoesNotHoldAreToldByReadingsThatStayReadings() {
    List<Table> fleet = without(new Plant(6, 0, 0, 2, 1000).fleet(60, 11), "setting");
    FittedStep.Conditions found = find(without(fleet, "inlet"));
    assertThat(found.conditions()).hasSize(6);
    assertThat(found.readings()).containsAll(settings(found)).contains("sensor0", "rounded");
  }

  @Test
  void aStateOfWearIsNoCondition() {
    SplittableRandom random = new SplittableRandom(5);
    Schema schema = new Schema(List.of(Column.number("a"), Column.number("b"), Column.number("c")));
    List<Table> fleet = new ArrayList<>();
    for (int u = 0; u < 20; u++) {
      TableBuilder table = Table.builder(schema, 100);
      for (int r = 0; r < 100; r++) {
        double broken = r > 60 + random.nextInt(10) ? 10 : 0; // all jump together, late in life
        table.add(
            List.of(
                broken + 0.1 * gaussian(random),
                2 * broken + 0.1 * gaussian(random),
                3 * broken + 0.1 * gaussian(random)));
      }
      fleet.add(table.build());
    }
    assertThat(find(fleet).conditions()).hasSize(1);
  }

  @Test
  void settingsWithoutLevelsAreOneCondition() {
    SplittableRandom random = new SplittableRandom(9);
    Schema schema = new Schema(List.of(Column.number("load"), Column.number("heat")));
    List<Table> fleet = new ArrayList<>();
    for (int u = 0; u < 20; u++) {
      TableBuilder table = Table.builder(schema, 100);
      for (int r = 0; r < 100; r++) {
        double load = random.nextDouble();
        table.add(List.of(load, 3 * load + 0.01 * r + 0.1 * gaussian(random)));
      }
      fleet.add(table.build());
    }
    assertThat(find(fleet).conditions()).hasSize(1);
  }

  @Test
  void aStopIsHeard() {
    List<Table> fleet = new Plant(2, 0, 0, 1).fleet(5, 1);
    assertThatThrownBy(
            () ->
                FittedPreparation.fit(
                    Preparation.of(new Step.Conditions(List.of(), 8)),
                    fleet.get(0).schema(),
                    fleet,
                    FittedPreparation.Answers.none(),
                    () -> {
                      throw new IllegalStateException("stopped");
                    }))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("stopped");
  }
}
