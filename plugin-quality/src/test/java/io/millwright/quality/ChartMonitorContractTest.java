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
      double centre = plan instanceof ChartPlan.Attributes ? 0.1 : 10;
      return millwright
          .plugin(Quality.class)
          .spc()
          .monitor(ControlChart.given(plan, centre, 0.3, Instant.EPOCH));
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
      super(new ChartPlan.Individuals(RunRules.NELSON), 1);
    }
  }

  @Nested
  class MeansCase extends Case {
    MeansCase() {
      super(new ChartPlan.Means(4, ChartPlan.Spread.DEVIATION, RunRules.WESTERN_ELECTRIC), 4);
    }
  }

  @Nested
  class SharesCase extends Case {
    SharesCase() {
      super(new ChartPlan.Attributes(ChartPlan.Attribute.P, true, RunRules.NELSON), 0);
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
      super(new ChartPlan.Cusum(2, 0.5, 4, 2), 2);
    }
  }

  @Nested
  class SelfStartingCase extends Case {
    SelfStartingCase() {
      super(new ChartPlan.SelfStarting(RunRules.NELSON), 1);
    }
  }

  abstract static class MultivariateCase extends Case {
    private final MultivariatePlan plan;

    MultivariateCase(MultivariatePlan plan, int size) {
      super(ChartPlan.Ewma.standard(), size);
      this.plan = plan;
    }

    @Override
    protected Monitor<Reading, ChartPoint> open() {
      return millwright
          .plugin(Quality.class)
          .spc()
          .multivariate()
          .monitor(
              new MultivariateChart(
                  plan,
                  List.of("a", "b"),
                  List.of(10.0, 0.1),
                  List.of(List.of(0.09, 0.02), List.of(0.02, 0.09)),
                  0.3,
                  0,
                  Instant.EPOCH));
    }
  }

  @Nested
  class HotellingCase extends MultivariateCase {
    HotellingCase() {
      super(new MultivariatePlan.Hotelling(2, 0.005), 4);
    }
  }

  @Nested
  class MewmaCase extends MultivariateCase {
    MewmaCase() {
      super(new MultivariatePlan.Mewma(0.1, 8.64), 2);
    }
  }

  @Nested
  class ProfileCase extends MultivariateCase {
    ProfileCase() {
      super(new MultivariatePlan.Profile(List.of(1.0, 2.0, 3.0, 4.0), 1, 0.005), 4);
    }
  }
}
