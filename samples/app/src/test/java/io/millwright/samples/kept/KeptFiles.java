package io.millwright.samples.kept;

import io.millwright.api.Budget;
import io.millwright.api.EnginePolicy;
import io.millwright.api.Millwright;
import io.millwright.api.ModelSource;
import io.millwright.api.ModelStore;
import io.millwright.api.Monitor;
import io.millwright.api.Outcome;
import io.millwright.api.Predictor;
import io.millwright.api.TableLearning;
import io.millwright.api.data.Column;
import io.millwright.api.data.Row;
import io.millwright.api.data.Schema;
import io.millwright.api.data.Series;
import io.millwright.api.data.Table;
import io.millwright.api.data.UnitHistory;
import io.millwright.api.learn.ClassScores;
import io.millwright.api.learn.Learning;
import io.millwright.api.learn.Networks;
import io.millwright.maintenance.Cycles;
import io.millwright.maintenance.Maintenance;
import io.millwright.runtime.journal.InputPolicy;
import io.millwright.runtime.journal.PredictionJournal;
import io.millwright.samples.plant.PartsStore;
import io.millwright.samples.plant.PressFleet;
import io.millwright.scheduling.Measure;
import io.millwright.scheduling.Objective;
import io.millwright.scheduling.Schedule;
import io.millwright.scheduling.Scheduling;
import io.millwright.scheduling.Shop;
import io.millwright.supplychain.Forecast;
import io.millwright.supplychain.SupplyChain;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.ToDoubleFunction;

/**
 * One file of every kind that Millwright writes, and what is answered from them. {@link #write} is
 * run once for each released version; the folder it fills is committed and never changed.
 */
final class KeptFiles {

  private static final Instant NOON = Instant.parse("2026-11-01T12:00:00Z");
  private static final String SHOP =
      """
      {"machines": [{"id": "saw"}, {"id": "mill"}],
       "jobs": [
         {"id": "A", "due": 9, "operations": [
           {"id": "1", "alternatives": [{"machine": "saw", "duration": 3}]},
           {"id": "2", "alternatives": [{"machine": "mill", "duration": 4}]}]},
         {"id": "B", "due": 7, "operations": [
           {"id": "1", "alternatives": [{"machine": "saw", "duration": 2}]},
           {"id": "2", "alternatives": [{"machine": "mill", "duration": 3}]}]}]}
      """;

  private KeptFiles() {}

  /** Fills a folder anew. */
  static void write(Path folder) throws IOException, InterruptedException {
    Files.createDirectories(folder);
    Table parts = parts();
    try (Millwright millwright = Millwright.create()) {
      Learning brief = Learning.adam(1e-2).epochs(4).batch(16);
      Maintenance maintenance = millwright.plugin(Maintenance.class);
      maintenance
          .remainingLife()
          .network(Networks.lstm(6))
          .learning(brief)
          .train(new PressFleet(1, 8, 1).train())
          .await()
          .saveTo(folder.resolve("life.mwb"));
      millwright
          .learning()
          .number("strength")
          .network(Networks.mlp(8))
          .learning(brief)
          .train(parts.without("grade"))
          .await()
          .saveTo(folder.resolve("strength.mwb"));
      millwright
          .learning()
          .classes("grade")
          .network(Networks.mlp(8))
          .learning(brief)
          .train(parts.without("strength"))
          .await()
          .saveTo(folder.resolve("grade.mwb"));
      millwright
          .plugin(SupplyChain.class)
          .forecasting()
          .horizon(3)
          .train(demand())
          .await()
          .saveTo(folder.resolve("demand.mwb"));
      ModelStore store = millwright.store(folder.resolve("store"));
      store.put("strength", folder.resolve("strength.mwb"));
      store.promote("production", "strength:1", ModelStore.Note.by("ann", "first"));
      try (Monitor<Row, Cycles> monitor = maintenance.monitor(folder.resolve("life.mwb"))) {
        feed(monitor, 0, 30);
        Files.write(folder.resolve("life.memory"), monitor.snapshot());
      }
      try (Predictor<Table, Double> strength =
              millwright.open(TableLearning.NUMBER, folder.resolve("strength.mwb"));
          PredictionJournal journal =
              PredictionJournal.open(
                  folder.resolve("journal"),
                  InputPolicy.HASHED,
                  PredictionJournal.WhenFull.WAIT,
                  10,
                  Clock.fixed(NOON, ZoneOffset.UTC))) {
        for (int r = 0; r < 3; r++) {
          journal.record(
              "part " + r, parts.slice(r, r + 1), strength.predict(parts.slice(r, r + 1)));
        }
        journal.truth("part 1", "1.5");
      }
      Scheduling scheduling = millwright.plugin(Scheduling.class);
      Shop shop = scheduling.documents().shop("kept", SHOP);
      Schedule plan =
          scheduling
              .optimizer()
              .minimize(Objective.of(Measure.WEIGHTED_TARDINESS))
              .optimize(shop, Budget.iterations(2000))
              .await()
              .value()
              .orElseThrow();
      Files.writeString(folder.resolve("shop.json"), scheduling.documents().json(shop));
      Files.writeString(
          folder.resolve("plan.json"), scheduling.documents().json(shop, plan, List.of()));
    }
    StringBuilder lines = new StringBuilder();
    answers(folder)
        .forEach((name, values) -> lines.append(name).append(" = ").append(values).append('\n'));
    Files.writeString(folder.resolve("answers.txt"), lines);
  }

  /** What the files of a folder answer, to the last bit. */
  static Map<String, String> answers(Path folder) throws IOException {
    Map<String, String> all = new TreeMap<>();
    Table parts = parts();
    try (Millwright millwright =
        Millwright.builder().engines(EnginePolicy.automatic().withEngine("Java")).build()) {
      Maintenance maintenance = millwright.plugin(Maintenance.class);
      try (Predictor<UnitHistory, Cycles> life =
          millwright.open(Maintenance.REMAINING_LIFE, folder.resolve("life.mwb"))) {
        all.put("life", exact(life.predict(press()), Cycles::count));
      }
      try (Monitor<Row, Cycles> monitor = maintenance.monitor(folder.resolve("life.mwb"))) {
        monitor.restore(Files.readAllBytes(folder.resolve("life.memory")));
        all.put("life.memory", exact(feed(monitor, 30, 31), Cycles::count));
      }
      try (Predictor<Table, Double> strength =
          millwright.open(TableLearning.NUMBER, folder.resolve("strength.mwb"))) {
        all.put("strength", exact(strength.predict(parts.slice(5, 6)), v -> v));
      }
      try (Predictor<Table, ClassScores> grade =
          millwright.open(TableLearning.CLASSES, folder.resolve("grade.mwb"))) {
        ClassScores scores = grade.predict(parts.slice(5, 6)).orElseThrow().value();
        all.put("grade", scores.labels() + " " + scores.probabilities());
      }
      try (Predictor<Series, Forecast> demand =
          millwright.open(SupplyChain.FORECAST, folder.resolve("demand.mwb"))) {
        Forecast forecast = demand.predict(demand().get(0)).orElseThrow().value();
        all.put(
            "demand",
            forecast.periods().stream()
                .map(p -> p.mean() + " " + p.quantile(0.1) + " " + p.quantile(0.9))
                .toList()
                .toString());
      }
      ModelStore store = millwright.store(folder.resolve("store"));
      try (Predictor<Table, Double> strength =
          millwright.open(TableLearning.NUMBER, ModelSource.stored(store, "strength:production"))) {
        all.put("store", exact(strength.predict(parts.slice(5, 6)), v -> v));
      }
      all.put("store.findings", store.check().toString());
      Scheduling scheduling = millwright.plugin(Scheduling.class);
      Shop shop = scheduling.documents().read(folder.resolve("shop.json"));
      String plan = Files.readString(folder.resolve("plan.json"));
      all.put(
          "plan",
          scheduling.documents().plan(shop, plan).assignments().stream()
              .map(
                  a ->
                      a.job()
                          + " "
                          + a.operation()
                          + " "
                          + a.machine()
                          + " "
                          + a.start()
                          + " "
                          + a.end())
              .toList()
              .toString());
      all.put("plan.findings", scheduling.documents().check(shop, plan).toString());
    }
    all.put(
        "journal",
        PredictionJournal.read(folder.resolve("journal")).stream()
            .map(
                e ->
                    e.id()
                        + " "
                        + e.at()
                        + " "
                        + e.model()
                        + " "
                        + e.number()
                        + " "
                        + e.low()
                        + " "
                        + e.high()
                        + " "
                        + e.truth().orElse("unknown"))
            .toList()
            .toString());
    return all;
  }

  /** Feeds the rows of a unit to a monitor; gives the last answer. */
  private static Outcome<Cycles> feed(Monitor<Row, Cycles> monitor, int from, int to) {
    Table rows = press().readings();
    Outcome<Cycles> last = monitor.update("press", rows.row(from), NOON.plusSeconds(from));
    for (int r = from + 1; r < to; r++) {
      last = monitor.update("press", rows.row(r), NOON.plusSeconds(r));
    }
    return last;
  }

  private static <V> String exact(Outcome<V> outcome, ToDoubleFunction<V> value) {
    return outcome.fold(
        p ->
            value.applyAsDouble(p.value())
                + " "
                + Arrays.toString(p.uncertainty().quantiles(0.05, 0.95)),
        a -> "no answer: " + a.findings());
  }

  private static UnitHistory press() {
    return new PressFleet(1, 8, 1).whole(3);
  }

  private static List<Series> demand() {
    return new PartsStore(2, 4).demand();
  }

  /** Numbers with a gap, labels, and what follows from them. */
  private static Table parts() {
    Schema schema =
        Schema.of(
            Column.number("heat"),
            Column.number("seconds"),
            Column.category("alloy"),
            Column.number("strength"),
            Column.category("grade"));
    List<Row> rows = new ArrayList<>();
    for (int i = 0; i < 120; i++) {
      double heat = (i * 37 % 100) / 100.0;
      double seconds = (i * 61 % 90) / 90.0;
      String alloy = i % 3 == 0 ? "bronze" : "steel";
      double strength = 5 * heat * seconds + heat + (i % 3 == 0 ? 0.5 : 0);
      rows.add(
          Row.of(
              schema,
              i % 17 == 0 ? null : heat,
              seconds,
              alloy,
              strength,
              (strength > 2) != (i % 11 == 0) ? "hard" : "soft"));
    }
    return Table.of(schema, rows);
  }
}
