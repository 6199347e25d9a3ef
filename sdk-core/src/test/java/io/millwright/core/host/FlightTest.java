package io.millwright.core.host;

import static org.assertj.core.api.Assertions.assertThat;

import io.millwright.api.EnginePolicy;
import io.millwright.api.Job;
import io.millwright.api.Millwright;
import io.millwright.api.MillwrightEvent;
import io.millwright.api.Predictor;
import io.millwright.api.Trained;
import io.millwright.api.data.Column;
import io.millwright.api.data.Row;
import io.millwright.api.data.Schema;
import io.millwright.api.data.Table;
import io.millwright.api.learn.Learning;
import io.millwright.api.learn.Networks;
import io.millwright.core.engines.Child;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Collectors;
import jdk.jfr.Recording;
import jdk.jfr.consumer.RecordedEvent;
import jdk.jfr.consumer.RecordingFile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.MDC;
import org.slf4j.helpers.BasicMDCAdapter;
import org.slf4j.spi.MDCAdapter;

/** What the flight recorder and the log know of a training and of predictions. */
class FlightTest {

  @TempDir Path folder;

  private static Table rows() {
    Schema schema = Schema.of(Column.number("a"), Column.number("b"));
    List<Row> rows = new ArrayList<>();
    for (int i = 0; i < 60; i++) {
      rows.add(Row.of(schema, i / 60.0, Math.sin(i * 0.1)));
    }
    return Table.of(schema, rows);
  }

  private static Trained<Table, Double> train(Millwright millwright) throws InterruptedException {
    return millwright
        .learning()
        .number("b")
        .network(Networks.mlp(4))
        .learning(Learning.adam(1e-2).epochs(3))
        .train(rows())
        .await();
  }

  @Test
  void aRecordingHoldsStepsJobsAndPredictions() throws IOException, InterruptedException {
    Path file = folder.resolve("flight.jfr");
    try (Millwright millwright = Millwright.create();
        Recording recording = new Recording()) {
      List.of("Prediction", "Job", "TrainingStep")
          .forEach(name -> recording.enable("millwright." + name).withoutThreshold());
      recording.start();
      Path bundle = folder.resolve("m.mwb");
      train(millwright).saveTo(bundle);
      try (Predictor<Table, Object> opened = millwright.open(bundle)) {
        assertThat(opened.predictRows(rows().without("b"))).hasSize(60);
      }
      recording.stop();
      recording.dump(file);
    }
    Map<String, List<RecordedEvent>> events =
        RecordingFile.readAllEvents(file).stream()
            .collect(Collectors.groupingBy(e -> e.getEventType().getName()));
    List<RecordedEvent> steps = events.get("millwright.TrainingStep");
    assertThat(steps).hasSizeGreaterThanOrEqualTo(3);
    assertThat(steps).allMatch(e -> e.getInt("samples") > 0 && e.getDouble("loss") >= 0);
    assertThat(events.get("millwright.Job"))
        .anyMatch(e -> e.getString("state").equals("FINISHED") && !e.getDuration().isZero());
    assertThat(events.get("millwright.Prediction"))
        .anyMatch(e -> e.getInt("inputs") == 60 && e.getString("task").equals("learning.number"));
  }

  /** SLF4J's simple logger keeps no context, so another process has a provider that does. */
  @Test
  void theLogKnowsJobAndModel() throws IOException, InterruptedException {
    String said =
        Child.run(
            folder,
            Logs.class,
            jar -> true,
            List.of("-Dslf4j.provider=" + Provider.class.getName()));
    assertThat(said.lines())
        .contains("job true", "task learning.number", "model true", "afterwards null null");
  }

  /** A provider with a context. */
  public static final class Provider implements org.slf4j.spi.SLF4JServiceProvider {
    private final MDCAdapter context = new BasicMDCAdapter();

    @Override
    public org.slf4j.ILoggerFactory getLoggerFactory() {
      return new org.slf4j.helpers.NOPLoggerFactory();
    }

    @Override
    public org.slf4j.IMarkerFactory getMarkerFactory() {
      return new org.slf4j.helpers.BasicMarkerFactory();
    }

    @Override
    public MDCAdapter getMDCAdapter() {
      return context;
    }

    @Override
    public String getRequestedApiVersion() {
      return "2.0.99";
    }

    @Override
    public void initialize() {
      // All is there.
    }
  }

  /** Says what the context holds while a job works and a listener hears of a prediction. */
  static final class Logs {
    private Logs() {}

    public static void main(String[] args) throws InterruptedException {
      List<String> heard = new ArrayList<>();
      try (Millwright millwright =
          Millwright.builder()
              .listener(
                  event -> {
                    if (event instanceof MillwrightEvent.Predicted) {
                      heard.add("task " + MDC.get("millwright.task"));
                      heard.add("model " + (MDC.get("millwright.model") != null));
                    }
                  })
              .build()) {
        Job<? extends Trained<Table, Double>> training =
            millwright
                .learning()
                .number("b")
                .network(Networks.mlp(4))
                .learning(Learning.adam(1e-2).epochs(50))
                .train(rows());
        Set<String> jobs = ConcurrentHashMap.newKeySet();
        Trained<Table, Double> trained;
        try (Job.Subscription listening =
            training.onProgress(p -> jobs.add(String.valueOf(MDC.get("millwright.job"))))) {
          trained = training.await();
        }
        heard.add("job " + (!jobs.isEmpty() && !jobs.contains("null")));
        try {
          Path bundle = java.nio.file.Files.createTempFile("m", ".mwb");
          trained.saveTo(bundle);
          try (Predictor<Table, Object> opened = millwright.open(bundle)) {
            int unused = opened.predictRows(rows().without("b")).size();
          }
          java.nio.file.Files.delete(bundle);
        } catch (IOException e) {
          throw new AssertionError(e);
        }
      }
      heard.forEach(System.out::println);
      System.out.println(
          "afterwards " + MDC.get("millwright.job") + " " + MDC.get("millwright.task"));
    }
  }

  @Test
  void memoryOfAnEngineIsTakenAndGivenBack() throws InterruptedException {
    Path bundle = folder.resolve("m.mwb");
    List<MillwrightEvent.EngineMemory> training = new CopyOnWriteArrayList<>();
    try (Millwright millwright = Millwright.builder().listener(e -> keep(e, training)).build()) {
      train(millwright).saveTo(bundle);
    }
    // 4 hidden values of 1 input, 1 output: 13 weights.
    assertThat(training)
        .filteredOn(MillwrightEvent.EngineMemory::training)
        .isNotEmpty()
        .allMatch(e -> Math.abs(e.bytes()) == 4 * 13);
    assertThat(training.stream().mapToLong(MillwrightEvent.EngineMemory::bytes).sum()).isZero();
    String engine = training.get(0).engine();
    List<MillwrightEvent.EngineMemory> opened = new CopyOnWriteArrayList<>();
    try (Millwright millwright =
        Millwright.builder()
            .engines(EnginePolicy.automatic().withEngine(engine))
            .listener(e -> keep(e, opened))
            .build()) {
      try (Predictor<Table, Object> model = millwright.open(bundle)) {
        assertThat(model.predictRows(rows().without("b"))).hasSize(60);
        assertThat(opened).allMatch(e -> e.bytes() > 0 && !e.training()).isNotEmpty();
      }
      assertThat(opened.stream().mapToLong(MillwrightEvent.EngineMemory::bytes).sum()).isZero();
    }
  }

  private static void keep(MillwrightEvent event, List<MillwrightEvent.EngineMemory> to) {
    if (event instanceof MillwrightEvent.EngineMemory memory) {
      to.add(memory);
    }
  }
}
