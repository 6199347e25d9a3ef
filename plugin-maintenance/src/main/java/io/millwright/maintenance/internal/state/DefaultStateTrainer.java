package io.millwright.maintenance.internal.state;

import io.millwright.api.ErrorCode;
import io.millwright.api.Evaluation;
import io.millwright.api.Job;
import io.millwright.api.MillwrightException;
import io.millwright.api.ModelInfo;
import io.millwright.api.Predictor;
import io.millwright.api.data.Column;
import io.millwright.api.data.ColumnType;
import io.millwright.api.data.Table;
import io.millwright.api.spi.ComposedModel;
import io.millwright.api.spi.Composer;
import io.millwright.api.spi.Jobs;
import io.millwright.maintenance.ComponentStates;
import io.millwright.maintenance.LabelledSequence;
import io.millwright.maintenance.Maintenance;
import io.millwright.maintenance.StateModel;
import io.millwright.maintenance.StateTrainer;
import io.millwright.runtime.support.Digest;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The trainer with its options.
 *
 * @param network whether a network is tried
 * @param key of all randomness
 */
record DefaultStateTrainer(Composer composer, Jobs jobs, boolean network, long key)
    implements StateTrainer {

  private static final int LEAST = 20;

  @Override
  public StateTrainer network(boolean tried) {
    return new DefaultStateTrainer(composer, jobs, tried, key);
  }

  @Override
  public StateTrainer key(long other) {
    return new DefaultStateTrainer(composer, jobs, network, other);
  }

  @Override
  public Job<StateModel> train(List<LabelledSequence> data) {
    List<LabelledSequence> sequences = List.copyOf(data);
    if (sequences.size() < LEAST) {
      throw new MillwrightException(
          ErrorCode.TOO_FEW_DATA,
          sequences.size() + " labelled sequences are too few\nMaybe give " + LEAST + " or more");
    }
    List<String> columns =
        sequences.get(0).readings().schema().columns().stream()
            .filter(c -> c.type() == ColumnType.NUMBER)
            .map(Column::name)
            .toList();
    if (columns.isEmpty()) {
      throw new MillwrightException(
          ErrorCode.MISSING_COLUMN,
          "the sequences have no column of numbers, only "
              + sequences.get(0).readings().schema().names()
              + "\nMaybe their columns were read as texts");
    }
    for (int i = 0; i < sequences.size(); i++) {
      Table readings = sequences.get(i).readings();
      if (readings.rows() == 0) {
        throw new MillwrightException(
            ErrorCode.TOO_FEW_DATA, "sequence " + (i + 1) + " has no readings\nMaybe leave it out");
      }
      for (String name : columns) {
        if (readings.schema().indexOf(name) < 0) {
          throw new MillwrightException(
              ErrorCode.MISSING_COLUMN,
              "sequence "
                  + (i + 1)
                  + " has no column "
                  + name
                  + ", which the first one has\nMaybe fill it with NaN");
        }
      }
    }
    return jobs.background()
        .start(
            "learn states of components",
            Optional.empty(),
            control -> learn(sequences, columns, control));
  }

  @Override
  public Job<StateModel> resume(Path checkpoint, List<LabelledSequence> data) {
    throw new MillwrightException(
        ErrorCode.UNSUPPORTED,
        "states are learnt in one go and leave no checkpoints in "
            + checkpoint
            + "\nMaybe train again");
  }

  private StateModel learn(
      List<LabelledSequence> data, List<String> columns, Jobs.Control<StateModel> control) {
    StateSearch search =
        new StateSearch(new StateData(data, columns, control), composer, control, network, key);
    StateParts parts = search.run();
    SortedMap<String, String> texts = new TreeMap<>();
    SortedMap<String, List<Double>> numbers = new TreeMap<>();
    parts.write(texts, numbers);
    Evaluation evaluation =
        Evaluation.builder()
            .protocol(search.protocol())
            .samples(data.size())
            .figures(search.figures())
            .baselines(Map.of("most frequent state", search.frequent()))
            .build();
    ComposedModel model =
        ComposedModel.builder()
            .task(Maintenance.STATE)
            .inputs(data.get(0).readings().select(columns).schema())
            .texts(texts)
            .numbers(numbers)
            .networks(
                parts.network() == null
                    ? new TreeMap<>()
                    : new TreeMap<>(Map.of(StateParts.NETWORK, parts.network())))
            .evaluation(evaluation)
            .capabilities(Set.of())
            .provenance(
                composer.provenance(
                    digest(data, columns),
                    key,
                    Map.of("sequences", "" + data.size(), "network tried", "" + network),
                    parts.network() != null))
            .build();
    return new TrainedState(composer, model, composer.info(model), parts);
  }

  private static String digest(List<LabelledSequence> data, List<String> columns) {
    Digest sha = new Digest();
    for (LabelledSequence one : data) {
      sha.add(one.states() + one.specimen());
      for (double[] column : StateParts.columns(one.readings(), columns)) {
        sha.add(column);
      }
    }
    return sha.hex();
  }

  /** Fresh from training. */
  private record TrainedState(
      Composer composer, ComposedModel model, ModelInfo info, StateParts parts)
      implements StateModel {

    @Override
    public Evaluation evaluation() {
      return model.evaluation();
    }

    @Override
    public Predictor<Table, ComponentStates> open() {
      return new StatePredictor(parts, info);
    }

    @Override
    public void saveTo(Path bundle) {
      composer.write(model, bundle);
    }

    @Override
    public Map<String, List<String>> components() {
      Map<String, List<String>> all = new LinkedHashMap<>();
      parts.parts().forEach(p -> all.put(p.name(), p.classes()));
      return all;
    }

    @Override
    public Map<String, String> choices() {
      Map<String, String> all = new LinkedHashMap<>();
      parts.parts().forEach(p -> all.put(p.name(), p.choice()));
      return all;
    }
  }
}
