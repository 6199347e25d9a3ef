package io.millwright.maintenance;

import io.millwright.api.ErrorCode;
import io.millwright.api.ExplainRequest;
import io.millwright.api.Explanation;
import io.millwright.api.Millwright;
import io.millwright.api.MillwrightException;
import io.millwright.api.ModelSource;
import io.millwright.api.Monitor;
import io.millwright.api.Outcome;
import io.millwright.api.Predictor;
import io.millwright.api.data.Row;
import io.millwright.api.data.Table;
import io.millwright.api.data.UnitHistory;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.time.Instant;

/** What a process does that only predicts; prints one line for each answer. */
final class PredictOnlyChild {

  private PredictOnlyChild() {}

  /** Opens the bundle that is named. */
  public static void main(String[] args) {
    Path bundle = Path.of(args[0]);
    UnitHistory unit = Simulated.running("pump 7", 77, 10);
    try (Millwright millwright = Millwright.create();
        Predictor<UnitHistory, Cycles> predictor =
            millwright.open(Maintenance.REMAINING_LIFE, bundle);
        Predictor<Table, Object> untyped = millwright.open(ModelSource.file(bundle));
        Monitor<Row, Cycles> monitor = millwright.monitor(Maintenance.REMAINING_LIFE, bundle)) {
      System.out.println("life " + predictor.predict(unit).orElseThrow().value().count());
      long ready = ManagementFactory.getRuntimeMXBean().getStartTime();
      System.out.println("first answer after ms " + (System.currentTimeMillis() - ready));
      Explanation why = predictor.explain(unit, ExplainRequest.standard());
      System.out.println("explained by " + why.contributions().size());
      Outcome<Cycles> last = null;
      for (int r = 0; r < unit.length(); r++) {
        last = monitor.update("pump 7", unit.readings().row(r), Instant.EPOCH.plusSeconds(r));
      }
      System.out.println("monitored " + last.orElseThrow().value().count());
      System.out.println("task " + untyped.info().task());
      System.out.println("runtime " + millwright.report().engines().prediction());
      try {
        millwright.plugin(Maintenance.class);
      } catch (MillwrightException e) {
        System.out.println("facade " + e.code().equals(ErrorCode.NO_PLUGIN) + " " + e.getMessage());
      }
    }
    for (String absent :
        new String[] {
          "com.google.inject.Guice", "ai.djl.engine.Engine", "io.millwright.core.guice.GuicePlugin"
        }) {
      try {
        Class.forName(absent);
        System.out.println("present " + absent);
      } catch (ClassNotFoundException e) {
        System.out.println("absent " + absent);
      }
    }
  }
}
