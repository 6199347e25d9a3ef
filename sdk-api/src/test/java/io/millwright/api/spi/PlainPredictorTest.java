package io.millwright.api.spi;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.millwright.api.Capability;
import io.millwright.api.ErrorCode;
import io.millwright.api.ExplainRequest;
import io.millwright.api.MillwrightException;
import io.millwright.api.ModelInfo;
import io.millwright.api.Outcome;
import io.millwright.api.Provenance;
import io.millwright.api.Uncertainties;
import io.millwright.api.data.Column;
import io.millwright.api.data.Schema;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

final class PlainPredictorTest {

  private static final ModelInfo INFO =
      ModelInfo.builder()
          .task("fake.double")
          .taskVersion(1)
          .digest("digest")
          .inputs(Schema.of(Column.number("x")))
          .capabilities(Set.<Capability>of())
          .provenance(
              Provenance.builder()
                  .producer("fake")
                  .created(Instant.EPOCH)
                  .dataDigest("data")
                  .key(1)
                  .settings(new TreeMap<>())
                  .environment(new TreeMap<>())
                  .build())
          .build();

  private static final class Doubling extends PlainPredictor<Double, Double> {

    private int released;

    Doubling() {
      super(INFO, "read the answer twice");
    }

    @Override
    protected Outcome<Double> answer(Double input) {
      if (input.isNaN()) {
        return abstain(ErrorCode.MISSING_VALUE, "x", "is missing", "give a number");
      }
      return new Outcome.Prediction<>(
          2 * input, Uncertainties.none("it is exact"), Set.of(), info());
    }

    void columns(Schema given) {
      checkColumns("the row", given);
    }

    @Override
    protected void release() {
      released++;
    }
  }

  private static String refusal(ErrorCode code, Runnable call) {
    MillwrightException e = assertThrows(MillwrightException.class, call::run);
    assertEquals(code, e.code());
    return String.valueOf(e.getMessage());
  }

  @Test
  void answersInOrderAndAbstainsWithTheReason() {
    try (Doubling doubling = new Doubling()) {
      List<Outcome<Double>> all = doubling.predictAll(List.of(1.0, Double.NaN, 3.0));
      assertEquals(2.0, all.get(0).<Double>fold(p -> p.value(), a -> -1.0));
      assertEquals("x", all.get(1).<String>fold(p -> "", a -> a.findings().get(0).place()));
      assertEquals(6.0, all.get(2).<Double>fold(p -> p.value(), a -> -1.0));
    }
  }

  @Test
  void whatIsClosedRefusesAndReleasesOnce() {
    Doubling doubling = new Doubling();
    doubling.close();
    doubling.close();
    assertEquals(1, doubling.released);
    assertTrue(
        refusal(ErrorCode.CLOSED, () -> doubling.predict(1.0)).contains(INFO.task().toString()));
    refusal(ErrorCode.CLOSED, () -> doubling.predictAll(List.of()));
    refusal(ErrorCode.CLOSED, () -> doubling.explain(1.0, ExplainRequest.standard()));
    assertEquals(INFO, doubling.info());
  }

  @Test
  void wrongUseSaysTheWayOut() {
    try (Doubling doubling = new Doubling()) {
      assertTrue(
          refusal(ErrorCode.UNSUPPORTED, () -> doubling.explain(1.0, ExplainRequest.standard()))
              .endsWith("Maybe read the answer twice"));
      assertTrue(
          refusal(ErrorCode.MISSING_COLUMN, () -> doubling.columns(Schema.of(Column.number("y"))))
              .contains("the row"));
      assertThrows(NullPointerException.class, () -> doubling.predict(null));
    }
  }
}
