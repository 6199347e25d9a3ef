package io.millwright.runtime.predict;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millwright.api.ErrorCode;
import io.millwright.api.MillwrightException;
import io.millwright.api.data.Table;
import io.millwright.runtime.bundle.Golden;
import io.millwright.runtime.bundle.Model;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class GoldenCheckTest {

  static List<Model> models() {
    List<Model> models = new ArrayList<>();
    for (Model model : ModelPredictorTest.models()) {
      Ensemble ensemble = TestModels.java(model);
      List<Golden> golden = new ArrayList<>();
      for (int i = 0; i < 4; i++) {
        Table rows = TestModels.rows(model.preparation().inputs(), 1 + 5 * i, new Random(i));
        golden.add(new Golden(rows, GoldenCheck.outputs(model, ensemble, rows)));
      }
      models.add(TestModels.with(model, golden));
    }
    return models;
  }

  @ParameterizedTest
  @MethodSource("models")
  void theRightAnswersPassAndEveryWrongOneIsNamed(Model model) {
    assertThatCode(
            () ->
                GoldenCheck.check(
                    model, TestModels.head(model), "Java", Ensemble.javaMembers(model)))
        .doesNotThrowAnyException();
    for (int sample = 0; sample < model.golden().size(); sample++) {
      for (double error : new double[] {3e-5, -3e-5, 1, Double.NaN}) {
        List<Golden> golden = new ArrayList<>(model.golden());
        List<Double> outputs = new ArrayList<>(golden.get(sample).outputs());
        int k = outputs.size() - 1;
        outputs.set(k, outputs.get(k) + error * Math.max(1, Math.abs(outputs.get(k))));
        golden.set(sample, new Golden(golden.get(sample).rows(), outputs));
        Model wrong = TestModels.with(model, golden);
        assertThatThrownBy(
                () ->
                    GoldenCheck.check(
                        wrong, TestModels.head(wrong), "Abacus", Ensemble.javaMembers(wrong)))
            .isInstanceOfSatisfying(
                MillwrightException.class,
                e -> assertThat(e.code()).isEqualTo(ErrorCode.WRONG_ANSWERS))
            .hasMessageContaining("Abacus, golden sample " + sample)
            .hasMessageContaining("but " + outputs.get(k) + " is recorded");
      }
    }
    List<Golden> shorter =
        List.of(new Golden(model.golden().get(0).rows(), List.of(1.0, 2.0, 3.0, 4.0)));
    assertThatThrownBy(
            () ->
                GoldenCheck.check(
                    TestModels.with(model, shorter),
                    TestModels.head(model),
                    "Java",
                    Ensemble.javaMembers(model)))
        .hasMessageContaining("but 4 are recorded");
  }

  @ParameterizedTest
  @MethodSource("models")
  void anInterruptedThreadOpensNothingAndKeepsItsFlag(Model model) {
    Thread.currentThread().interrupt();
    try {
      assertThatThrownBy(
              () ->
                  GoldenCheck.check(
                      model, TestModels.head(model), "Java", Ensemble.javaMembers(model)))
          .isInstanceOfSatisfying(
              MillwrightException.class,
              e -> assertThat(e.code()).isEqualTo(ErrorCode.JOB_CANCELLED))
          .hasMessageContaining("interrupted");
    } finally {
      assertThat(Thread.interrupted()).isTrue();
    }
  }
}
