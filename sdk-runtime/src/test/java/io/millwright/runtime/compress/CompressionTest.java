package io.millwright.runtime.compress;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.millwright.api.Millwright;
import io.millwright.api.Predictor;
import io.millwright.api.data.Column;
import io.millwright.api.data.Row;
import io.millwright.api.data.Schema;
import io.millwright.api.data.Table;
import io.millwright.runtime.bundle.BundleReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Models that an earlier version wrote, made smaller. */
class CompressionTest {

  private static final Path KEPT = Path.of("../samples/app/src/test/resources/kept/0.1.0");

  @TempDir Path folder;
  private final Millwright millwright = Millwright.create();

  @AfterEach
  void close() {
    millwright.close();
  }

  private static Table parts() {
    Schema schema =
        Schema.of(
            Column.number("heat"),
            Column.number("seconds"),
            Column.category("alloy"),
            Column.number("strength"),
            Column.category("grade"));
    List<Row> rows = new ArrayList<>();
    for (int i = 0; i < 60; i++) {
      double heat = (i * 41 % 97) / 97.0;
      double seconds = (i * 59 % 89) / 89.0;
      double strength = 5 * heat * seconds + heat + (i % 3 == 0 ? 0.5 : 0);
      rows.add(
          Row.of(
              schema,
              heat,
              seconds,
              i % 3 == 0 ? "bronze" : "steel",
              strength,
              strength > 2 ? "hard" : "soft"));
    }
    return Table.of(schema, rows);
  }

  @ParameterizedTest
  @EnumSource
  void aSmallerModelAnswersNearlyTheSame(Compression.Form form) throws IOException {
    for (String name : List.of("strength", "grade")) {
      Path before = KEPT.resolve(name + ".mwb");
      Path after = folder.resolve(name + form + ".mwb");
      CompressionReport report =
          Compression.to(millwright, form).budget(0.05).compress(before, parts(), name, after);
      assertThat(report.bytesBefore()).isEqualTo(Files.size(before));
      assertThat(report.bytesAfter()).isEqualTo(Files.size(after));
      assertThat(report.toString()).contains("times smaller").contains(" to ");
      assertThat(BundleReader.info(after).provenance().settings())
          .containsEntry("compressed to", form == Compression.Form.INT8 ? "int8" : "float16");
      String error = name.equals("strength") ? "rmse" : "log loss";
      double was = report.before().get(error);
      assertThat(report.after().get(error)).isCloseTo(was, within(0.05 * was));
      assertThat(report.after().get(error)).isNotEqualTo(was);
      assertThat(report.before()).containsKeys("coverage 90", "answered");
      // Opening computes the golden samples again.
      try (Predictor<Table, Object> small = millwright.open(after)) {
        assertThat(small.predict(parts().slice(0, 1)).orElseThrow().value()).isNotNull();
      }
    }
  }

  /** Of samples whose truth is the old model's own answer, every rounding costs all there is. */
  private Table answeredBy(Path model) {
    Table parts = parts();
    double[] answers = new double[parts.rows()];
    try (Predictor<Table, Object> before = millwright.open(model)) {
      for (int r = 0; r < answers.length; r++) {
        answers[r] = (Double) before.predict(parts.slice(r, r + 1)).orElseThrow().value();
      }
    }
    return parts.without("strength").with(Column.number("strength"), answers);
  }

  @Test
  void beyondTheBudgetNothingIsWritten() {
    Path before = KEPT.resolve("strength.mwb");
    Path after = folder.resolve("small.mwb");
    Table own = answeredBy(before);
    for (Compression.Form form : Compression.Form.values()) {
      assertThatThrownBy(
              () ->
                  Compression.to(millwright, form)
                      .budget(100)
                      .compress(before, own, "strength", after))
          .hasMessageContaining("REFUSED")
          .hasMessageContaining("budget of 10000.0 %")
          .hasMessageContaining("times smaller; answered 1.000 to 1.000");
      assertThat(folder).isEmptyDirectory();
    }
  }

  @Test
  void whatCannotBeComparedIsRefused() {
    Path after = folder.resolve("small.mwb");
    Table parts = parts();
    assertThatThrownBy(
            () ->
                Compression.to(millwright, Compression.Form.FLOAT16)
                    .compress(KEPT.resolve("strength.mwb"), parts, "strenght", after))
        .hasMessageContaining("no column \"strenght\"")
        .hasMessageContaining("strength");
    assertThatThrownBy(
            () ->
                Compression.to(millwright, Compression.Form.FLOAT16)
                    .compress(KEPT.resolve("strength.mwb"), parts, "grade", after))
        .hasMessageContaining("UNSUPPORTED");
    assertThatThrownBy(
            () ->
                Compression.to(millwright, Compression.Form.FLOAT16)
                    .compress(KEPT.resolve("demand.mwb"), parts, "strength", after))
        .hasMessageContaining("composed");
    assertThatThrownBy(() -> Compression.to(millwright, Compression.Form.INT8).budget(-1))
        .hasMessageContaining("the budget is -1.0");
    assertThat(folder).isEmptyDirectory();
  }
}
