package io.millwright.core.learn.door;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millwright.api.ErrorCode;
import io.millwright.api.ExplainRequest;
import io.millwright.api.Explanation;
import io.millwright.api.Flag;
import io.millwright.api.Millwright;
import io.millwright.api.MillwrightException;
import io.millwright.api.ModelSource;
import io.millwright.api.Outcome;
import io.millwright.api.PluginSource;
import io.millwright.api.Predictor;
import io.millwright.api.TableLearning;
import io.millwright.api.TableTrainer;
import io.millwright.api.Trained;
import io.millwright.api.data.Column;
import io.millwright.api.data.ColumnType;
import io.millwright.api.data.Schema;
import io.millwright.api.data.Table;
import io.millwright.api.data.TableBuilder;
import io.millwright.api.learn.ClassScores;
import io.millwright.api.learn.Learning;
import io.millwright.api.learn.Networks;
import io.millwright.api.learn.Split;
import io.millwright.runtime.edge.EdgePredictor;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Free text beside numbers as an input of learning from tables. */
class NotesAsInputsTest {

  private static final Learning QUICK = Learning.adam(3e-2).batch(32).epochs(60).key(1);

  private static final List<String> ENGLISH =
      List.of("checked", "shift", "belt", "cleaned", "station", "valve", "door", "cable", "pump");
  private static final List<String> CHINESE =
      List.of("检查", "班次", "皮带", "清洁", "工位", "阀门", "电缆", "水泵", "更换");

  private static Millwright millwright;

  @TempDir Path folder;

  @BeforeAll
  static void open() {
    millwright = Millwright.builder().plugins(new PluginSource.Nowhere()).build();
  }

  @AfterAll
  static void close() {
    millwright.close();
  }

  /** Wear by heat and by a leak, which only the note names; a serial number and a shift. */
  private static Table notes(int rows, List<String> filling, String leak, double telling) {
    Schema schema =
        Schema.of(
            Column.text("serial"),
            Column.category("crew"),
            Column.number("heat"),
            Column.text("note"),
            Column.number("wear"),
            Column.category("state"));
    Random random = new Random(4);
    TableBuilder table = Table.builder(schema, rows);
    for (int r = 0; r < rows; r++) {
      List<String> words = new ArrayList<>();
      for (int k = 0; k < 5; k++) {
        words.add(filling.get(random.nextInt(filling.size())));
      }
      boolean leaks = random.nextInt(5) == 0;
      if (leaks) {
        words.set(random.nextInt(5), leak);
      }
      double heat = random.nextDouble();
      double wear = 3 * heat + (leaks ? telling : 0) + 0.3 * random.nextGaussian();
      String blank = filling == CHINESE ? "" : " ";
      table.add(
          "SN-" + (7919 * r) % 100_003,
          "crew " + "ABC".charAt(random.nextInt(3)),
          heat,
          r % 11 == 0 && !leaks ? null : String.join(blank, words),
          wear,
          wear > 3.5 ? "worn" : "fine");
    }
    return table.build();
  }

  private static <V> TableTrainer<V> quick(TableTrainer<V> trainer) {
    return trainer
        .network(Networks.linear())
        .learning(QUICK)
        .split(Split.holdOut(0.25).by(Split.By.ROW));
  }

  @Test
  void notesThatTellAreReadSavedAndExplainedWordByWord() throws Exception {
    Table table = notes(400, ENGLISH, "Leak", 5).without("state");
    Trained<Table, Double> model = quick(millwright.learning().number("wear")).train(table).await();
    assertThat(model.evaluation().rmse()).isLessThan(1.5); // 2.1 without the notes
    assertThat(model.dataReport().remarks().get(0)).startsWith("note (text) is read as");
    assertThat(model.dataReport().remarks()).anyMatch(r -> r.contains("serial (text)"));
    assertThat(model.info().inputs().column("note").type()).isEqualTo(ColumnType.TEXT);
    assertThat(model.info().inputs().names()).doesNotContain("serial");

    Path file = folder.resolve("wear.mwb");
    model.saveTo(file);
    Table leaking = one("crew A", 0.5, "valve checked,  LEAK at the door");
    Table sound = one("crew A", 0.5, "valve checked, belt at the door");
    try (Predictor<Table, Double> before = model.open();
        Predictor<Table, Double> after = millwright.open(TableLearning.NUMBER, file)) {
      double leak = after.predict(leaking).orElseThrow().value();
      assertThat(leak).isEqualTo(before.predict(leaking).orElseThrow().value());
      assertThat(leak - after.predict(sound).orElseThrow().value()).isGreaterThan(3);
      Explanation why = after.explain(leaking, ExplainRequest.standard());
      Explanation.Contribution first =
          why.contributions().stream()
              .max(Comparator.comparingDouble(c -> Math.abs(c.effect())))
              .orElseThrow();
      assertThat(first.column()).isEqualTo("note");
      assertThat(first.value()).isEqualTo("LEAK");
      assertThat(first.effect()).isGreaterThan(3);

      // Nothing noted is an answer like any other, unknown words are flagged, nothing at all is no
      // row.
      assertThat(after.predict(one("crew B", 0.5, null)).orElseThrow().flags()).isEmpty();
      assertThat(after.predict(one("crew B", 0.5, "zzz qqq")).orElseThrow().flags())
          .contains(Flag.UNKNOWN_CATEGORY);
      Outcome<Double> nothing = after.predict(one(null, Double.NaN, null));
      assertThat((boolean) nothing.fold(p -> true, a -> false)).isFalse();
    }
    assertThatThrownBy(() -> EdgePredictor.open(ModelSource.file(file), 0.9))
        .isInstanceOf(MillwrightException.class)
        .extracting("code")
        .isEqualTo(ErrorCode.UNSUPPORTED);
  }

  private static Table one(String crew, double heat, String note) {
    return Table.builder(
            Schema.of(Column.category("crew"), Column.number("heat"), Column.text("note")), 1)
        .add(crew, heat, note)
        .build();
  }

  @Test
  void notesThatDoNotTellAreLeftOutAndSaid() throws Exception {
    Table table = notes(400, ENGLISH, "Leak", 0).without("state");
    Trained<Table, Double> model = quick(millwright.learning().number("wear")).train(table).await();
    assertThat(model.dataReport().remarks().get(0))
        .startsWith("note (text) is left out: it does not help");
    assertThat(model.info().inputs().names()).containsExactly("crew", "heat");
    assertThat(millwright.learning().number("wear").examine(table).remarks())
        .isEqualTo(model.dataReport().remarks());
  }

  @Test
  void chineseNotesAreReadIdeographByIdeograph() throws Exception {
    Table table = notes(400, CHINESE, "漏油", 5).without("wear");
    Trained<Table, ClassScores> model =
        quick(millwright.learning().classes("state")).train(table).await();
    assertThat(model.dataReport().remarks().get(0)).startsWith("note (text) is read as");
    try (Predictor<Table, ClassScores> predictor = model.open()) {
      assertThat(predictor.predict(one("crew A", 0.5, "检查阀门漏油")).orElseThrow().value().best())
          .isEqualTo("worn");
      assertThat(predictor.predict(one("crew A", 0.5, "检查阀门皮带")).orElseThrow().value().best())
          .isEqualTo("fine");
    }
  }

  @Test
  void freeTextIsToldFromIdsAndNames() {
    Table table = notes(400, ENGLISH, "Leak", 5);
    assertThat(FreeTexts.holds(table, "note")).isTrue();
    assertThat(FreeTexts.holds(table, "serial")).isFalse();
    List<String> orders = new ArrayList<>();
    List<String> few = new ArrayList<>();
    List<String> read = new ArrayList<>();
    for (int r = 0; r < 400; r++) {
      orders.add("order no " + r);
      few.add("plant " + r % 40 + " of the north");
      read.add(table.labels("note").get(r) == null ? null : table.labels("note").get(r % 200));
    }
    Table more =
        table
            .with(Column.text("order"), orders)
            .with(Column.category("plant"), few)
            .with(Column.category("remark"), read);
    assertThat(FreeTexts.holds(more, "order")).isFalse();
    Table typed = FreeTexts.typed(more, "state");
    assertThat(typed.schema().column("plant").type()).isEqualTo(ColumnType.CATEGORY);
    assertThat(typed.schema().column("crew").type()).isEqualTo(ColumnType.CATEGORY);
    assertThat(typed.schema().column("remark").type()).isEqualTo(ColumnType.TEXT);
  }
}
