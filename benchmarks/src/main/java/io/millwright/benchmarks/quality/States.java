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
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;

/**
 * States of the components of a hydraulic test rig, with blocks of 50 cycles left out: every fifth
 * block in turn is judged by what was learnt from all others, the choice within them included.
 * Arguments: the folder, and {@code linear} to try no network.
 */
public final class States {

  private static final List<String> COMPONENTS =
      List.of("cooler_pct", "pump_leak", "valve_pct", "accumulator_bar");
  private static final int BLOCK = 50;

  private States() {}

  /** Runs the test and prints a table. */
  public static void main(String[] args) throws InterruptedException {
    Path folder = Path.of(args[0]);
    List<Table> sequences =
        SequenceFiles.read(
            Stream.of("CE", "CP", "SE", "TS1", "TS2", "TS3", "TS4", "VS1")
                .map(s -> folder.resolve(s + ".tsv.gz"))
                .toList());
    Map<String, double[]> right = new LinkedHashMap<>();
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
          for (LabelledSequence one : judged) {
            Map<String, ComponentState> said =
                predictor.predict(one.readings()).fold(p -> p.value().components(), a -> Map.of());
            one.states()
                .forEach(
                    (component, state) -> {
                      ComponentState answer = said.get(component);
                      double[] sums = right.computeIfAbsent(component, c -> new double[4]);
                      sums[0]++;
                      sums[1] += answer != null && answer.state().equals(state) ? 1 : 0;
                      sums[2] += answer != null && answer.possible().contains(state) ? 1 : 0;
                      sums[3] += answer == null ? 0 : answer.possible().size();
                    });
          }
        }
      }
    }
    right.forEach(
        (component, sums) ->
            System.out.printf(
                Locale.ROOT,
                "%-16s %.3f right of %d; 90 %% label sets hold %.3f with %.2f states%n",
                component,
                sums[1] / sums[0],
                (long) sums[0],
                sums[2] / sums[0],
                sums[3] / sums[0]));
  }
}
