package io.millwright.benchmarks.quality;

import io.millwright.api.Millwright;
import io.millwright.api.Predictor;
import io.millwright.api.data.CsvFormat;
import io.millwright.api.data.Table;
import io.millwright.cli.maintenance.SequenceFiles;
import io.millwright.maintenance.ComponentState;
import io.millwright.maintenance.ComponentStates;
import io.millwright.maintenance.LabelledSequence;
import io.millwright.maintenance.Maintenance;
import io.millwright.maintenance.StateModel;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * States of the components of a hydraulic test rig, with blocks of 50 cycles left out: every fifth
 * block in turn is judged by what was learnt from all others, the choice within them included.
 * Arguments: the folder, {@code linear} to try no network or {@code network}, and {@code silent} to
 * judge each sensor silent and stuck too.
 */
public final class States {

  private static final List<String> COMPONENTS =
      List.of("cooler_pct", "pump_leak", "valve_pct", "accumulator_bar");
  private static final int BLOCK = 50;
  private static final List<String> SENSORS =
      List.of("CE", "CP", "SE", "TS1", "TS2", "TS3", "TS4", "VS1");

  private States() {}

  /** Runs the test and prints a table. */
  public static void main(String[] args) throws InterruptedException {
    Path folder = Path.of(args[0]);
    List<Table> sequences =
        SequenceFiles.read(SENSORS.stream().map(s -> folder.resolve(s + ".tsv.gz")).toList());
    Map<String, Map<String, double[]>> right = new LinkedHashMap<>();
    boolean silent = args.length > 2 && args[2].equals("silent");
    try (Millwright millwright = Millwright.create()) {
      Table truth =
          millwright
              .tables()
              .read(folder.resolve("profile.csv"), CsvFormat.builder().build())
              .table();
      double[] cycle = truth.numbers("cycle");
      for (int held = 0; held < 5; held++) {
        List<LabelledSequence> learnt = new ArrayList<>();
        List<LabelledSequence> judged = new ArrayList<>();
        for (int i = 0; i < sequences.size(); i++) {
          int block = (int) cycle[i] / BLOCK;
          Map<String, String> states = new LinkedHashMap<>();
          for (String component : COMPONENTS) {
            states.put(component, "" + (int) truth.numbers(component)[i]);
          }
          (block % 5 == held ? judged : learnt)
              .add(new LabelledSequence(sequences.get(i), states, "block " + block));
        }
        if (judged.isEmpty()) {
          continue;
        }
        boolean network = args.length < 2 || !args[1].equals("linear");
        StateModel model =
            millwright.plugin(Maintenance.class).states().network(network).train(learnt).await();
        model.choices().forEach((c, why) -> System.out.println("  " + c + ": " + why));
        try (Predictor<Table, ComponentStates> predictor = model.open()) {
          judge(predictor, judged, right.computeIfAbsent("all", n -> new LinkedHashMap<>()), "", 0);
          for (String sensor : silent ? SENSORS : List.<String>of()) {
            judge(
                predictor,
                judged,
                right.computeIfAbsent(sensor + " silent", n -> new LinkedHashMap<>()),
                sensor,
                Double.NaN);
            judge(
                predictor,
                judged,
                right.computeIfAbsent(sensor + " stuck", n -> new LinkedHashMap<>()),
                sensor,
                1);
          }
        }
      }
    }
    right.forEach(
        (name, figures) -> {
          System.out.println(name);
          print(figures);
        });
  }

  private static void judge(
      Predictor<Table, ComponentStates> predictor,
      List<LabelledSequence> judged,
      Map<String, double[]> right,
      String sensor,
      double factor) {
    for (LabelledSequence one : judged) {
      Table readings = one.readings();
      String column =
          readings.schema().names().stream()
              .filter(n -> !sensor.isEmpty() && n.startsWith(sensor))
              .findFirst()
              .orElse("");
      if (!column.isEmpty()) {
        double[] values = readings.numbers(column);
        Arrays.fill(values, factor * values[0]);
        readings = readings.with(readings.schema().column(column), values);
      }
      Map<String, ComponentState> said =
          predictor.predict(readings).fold(p -> p.value().components(), a -> Map.of());
      one.states()
          .forEach(
              (component, state) -> {
                ComponentState answer = said.get(component);
                double[] sums = right.computeIfAbsent(component, c -> new double[5]);
                sums[0]++;
                sums[1] += answer != null && answer.state().equals(state) ? 1 : 0;
                sums[2] += answer != null && answer.possible().contains(state) ? 1 : 0;
                sums[3] += answer == null ? 0 : answer.possible().size();
                sums[4] +=
                    answer == null ? 0 : answer.probabilities().getOrDefault(answer.state(), 0.0);
              });
    }
  }

  private static void print(Map<String, double[]> right) {
    right.forEach(
        (component, sums) ->
            System.out.printf(
                Locale.ROOT,
                "  %-16s %.3f right of %d, told %.3f; 90 %% label sets hold %.3f with %.2f states%n",
                component,
                sums[1] / sums[0],
                (long) sums[0],
                sums[4] / sums[0],
                sums[2] / sums[0],
                sums[3] / sums[0]));
  }
}
