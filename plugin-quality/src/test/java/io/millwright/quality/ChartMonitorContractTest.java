package io.millwright.quality;

import io.millwright.api.Millwright;
import io.millwright.api.Monitor;
import io.millwright.testkit.MonitorContract;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Nested;

/** The contract for every kind of chart. */
class ChartMonitorContractTest {

  private static Millwright millwright;

  @BeforeAll
  static void openHost() {
    millwright = Millwright.create();
  }

  @AfterAll
  static void closeHost() {
    millwright.close();
  }

  abstract static class Case extends MonitorContract<Reading, ChartPoint> {
    private final ChartPlan plan;
    private final int size;

    Case(ChartPlan plan, int size) {
      this.plan = plan;
      this.size = size;
    }

    @Override
    protected Monitor<Reading, ChartPoint> open() {
      double centre = plan instanceof ChartPlan.Shares ? 0.1 : 10;
      return millwright
          .plugin(Quality.class)
          .monitor(new ControlChart(plan, centre, 0.3, 0, Instant.EPOCH));
    }

    @Override
    protected List<Reading> readings() {
      Random random = new Random(5);
      List<Reading> readings = new ArrayList<>();
      for (int i = 0; i < 24; i++) {
        if (size == 0) {
          readings.add(new Reading.Count(random.nextInt(30), 100));
          continue;
        }
        List<Double> values = new ArrayList<>();
        for (int k = 0; k < size; k++) {
          values.add(i == 7 ? Double.NaN : 10 + (i > 15 ? 0.8 : 0) + 0.3 * random.nextGaussian());
        }
        readings.add(new Reading.Values(values));
      }
      return readings;
    }
  }

  @Nested
  class IndividualsCase extends Case {
    IndividualsCase() {
      super(new ChartPlan.Individuals(true), 1);
    }
  }

  @Nested
  class MeansCase extends Case {
    MeansCase() {
      super(new ChartPlan.Means(4, true), 4);
    }
  }

  @Nested
  class SharesCase extends Case {
    SharesCase() {
      super(new ChartPlan.Shares(true), 0);
    }
  }

  @Nested
  class EwmaCase extends Case {
    EwmaCase() {
      super(ChartPlan.Ewma.standard(), 1);
    }
  }

  @Nested
  class CusumCase extends Case {
    CusumCase() {
      super(new ChartPlan.Cusum(2, 0.5, 4), 2);
    }
  }
}
