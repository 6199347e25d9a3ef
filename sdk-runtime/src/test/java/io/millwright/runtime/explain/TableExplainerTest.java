package io.millwright.runtime.explain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.millwright.api.Budget;
import io.millwright.api.ErrorCode;
import io.millwright.api.MillwrightException;
import io.millwright.api.data.Column;
import io.millwright.api.data.Schema;
import io.millwright.api.data.Table;
import io.millwright.api.data.TableBuilder;
import io.millwright.api.data.Unit;
import io.millwright.api.learn.ClassScores;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;

class TableExplainerTest {

  private static final Schema PRESS =
      Schema.of(
          Column.number("temperature", new Unit("K")),
          Column.number("torque", new Unit("Nm")),
          Column.number("wear", new Unit("min")),
          Column.number("noise"),
          Column.category("type"));

  private static Table rows(int n, long key) {
    Random random = new Random(key);
    TableBuilder builder = Table.builder(PRESS, n);
    for (int i = 0; i < n; i++) {
      builder.add(
          300 + 2 * random.nextGaussian(),
          40 + 10 * random.nextGaussian(),
          (double) random.nextInt(250),
          random.nextGaussian(),
          random.nextInt(3) == 0 ? "L" : "M");
    }
    return builder.build();
  }

  /** Fails hot, or worn under load. */
  private static double risk(Table row) {
    double z =
        1.5 * (row.number(0, 0) - 303)
            + 0.0008 * (row.number(0, 1) * row.number(0, 2) - 10_000)
            + ("L".equals(row.label(0, 4)) ? 1 : 0);
    return 1 / (1 + Math.exp(-z));
  }

  private static FunctionPredictor<Table, ClassScores> press() {
    return new FunctionPredictor<>(
        PRESS,
        List.of("good", "failure"),
        row -> new ClassScores(List.of("good", "failure"), List.of(1 - risk(row), risk(row))));
  }

  private static Table one(double temperature, double torque, double wear, String type) {
    return Table.builder(PRESS, 1).add(temperature, torque, wear, 0.0, type).build();
  }

  @Test
  void wordsSayWhatIsUnusual() {
    TableExplainer<ClassScores> explainer =
        TableExplainer.of(press(), rows(300, 1)).label("failure");
    Table hot = one(312, 40, 100, "M");
    ShapleyValues values = explainer.shapley(hot, Budget.iterations(200_000));
    assertThat(values.exact()).isTrue();
    List<String> words = explainer.words(hot, values);
    assertThat(words.get(0))
        .startsWith("temperature ")
        .contains("K above its usual")
        .contains("points more probability of failure");
    assertThat(String.join("\n", words)).doesNotContain("noise");
  }

  @Test
  void everyCounterfactualFlipsAndKeepsItsBounds() {
    Table background = rows(300, 2);
    TableExplainer<ClassScores> explainer = TableExplainer.of(press(), background).label("failure");
    Wish wish = Wish.atMost(0.3).freezing("wear", "type").within("torque", 20, 70);
    Random random = new Random(4);
    int asked = 0;
    while (asked < 100) {
      Table row =
          one(
              296 + 14 * random.nextDouble(),
              20 + 50 * random.nextDouble(),
              random.nextInt(250),
              random.nextBoolean() ? "L" : "M");
      if (risk(row) < 0.5) {
        continue;
      }
      asked++;
      Optional<Counterfactual> found = explainer.counterfactual(row, wish);
      assertThat(found).isPresent();
      Counterfactual c = found.get();
      assertThat(c.after()).isLessThanOrEqualTo(0.3);
      assertThat(c.changes())
          .extracting(Counterfactual.Change::column)
          .doesNotContain("wear", "type", "noise");
      for (Counterfactual.Change change : c.changes()) {
        double to = Double.parseDouble(change.to().split(" ", 2)[0]);
        if (change.column().equals("torque")) {
          assertThat(to).isBetween(20.0, 70.0);
        }
      }
    }
  }

  @Test
  void impossibleWishesHaveNoCounterfactual() {
    TableExplainer<ClassScores> explainer =
        TableExplainer.of(press(), rows(200, 3)).label("failure");
    Wish frozen = Wish.atMost(0.1).freezing("temperature", "torque", "wear", "type");
    assertThat(explainer.counterfactual(one(315, 60, 200, "L"), frozen)).isEmpty();
    assertThatThrownBy(
            () -> explainer.counterfactual(one(315, 60, 200, "L"), Wish.atMost(1).freezing("x")))
        .isInstanceOfSatisfying(
            MillwrightException.class,
            e -> assertThat(e.code()).isEqualTo(ErrorCode.MISSING_COLUMN));
    assertThatThrownBy(
            () ->
                explainer.counterfactual(
                    one(315, 60, 200, "L"), Wish.atMost(0.1).costing("torqe", 5)))
        .hasMessageContaining("[torqe]")
        .hasMessageContaining("Maybe one of the inputs");
    assertThatThrownBy(
            () ->
                explainer.counterfactual(
                    one(315, 60, 200, "L"), Wish.atMost(0.1).within("type", 0, 1)))
        .isInstanceOfSatisfying(
            MillwrightException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.WRONG_TYPE));
  }

  /** How a sum varies over the background is no lack of fit; a product is. */
  @Test
  void theFidelityOfASumIsOneWhateverTheBackground() {
    FunctionPredictor<Table, Double> sum =
        new FunctionPredictor<>(
            PRESS, List.of(), row -> 2 * row.number(0, 0) - 3 * row.number(0, 1));
    FunctionPredictor<Table, Double> product =
        new FunctionPredictor<>(
            PRESS, List.of(), row -> (row.number(0, 0) - 300) * (row.number(0, 1) - 40));
    Table background = rows(200, 5);
    assertThat(Explainer.ofRows(sum, background).local(one(310, 50, 0, "M"), 4000).fidelity())
        .isGreaterThan(0.95);
    assertThat(Explainer.ofRows(product, background).local(one(310, 50, 0, "M"), 4000).fidelity())
        .isLessThan(0.9);
  }

  @Test
  void localSlopesOfASumAreItsTerms() {
    FunctionPredictor<Table, Double> sum =
        new FunctionPredictor<>(
            PRESS, List.of(), row -> 2 * row.number(0, 0) - 3 * row.number(0, 1));
    Table background = rows(1, 5);
    LocalModel local = Explainer.ofRows(sum, background).local(one(310, 50, 0, "M"), 400);
    assertThat(local.fidelity()).isGreaterThan(0.999);
    assertThat(local.slopes().get(0).feature()).isIn("temperature", "torque");
    local.slopes().stream()
        .filter(s -> s.feature().equals("temperature"))
        .forEach(
            s ->
                assertThat(s.effect())
                    .isCloseTo(2 * (310 - background.number(0, 0)), within(1e-3)));
  }

  @Test
  void dependenceFollowsTheColumnAndImportanceOrdersColumns() {
    TableExplainer<ClassScores> explainer =
        TableExplainer.of(press(), rows(400, 6)).label("failure");
    Dependence heat = explainer.dependence("temperature", 12, 5);
    assertThat(heat.unit()).isEqualTo("K");
    assertThat(heat.curves()).hasSize(5);
    for (int i = 1; i < heat.points().size(); i++) {
      assertThat(heat.points().get(i).mean())
          .isGreaterThanOrEqualTo(heat.points().get(i - 1).mean());
    }
    Dependence type = explainer.dependence("type", 12, 0);
    assertThat(type.points()).hasSize(2);

    Table data = rows(800, 7);
    String[] truth = new String[800];
    for (int r = 0; r < truth.length; r++) {
      truth[r] = risk(data.slice(r, r + 1)) > 0.5 ? "failure" : "good";
    }
    Table judged = data.with(Column.category("state"), List.of(truth));
    Importance importance = explainer.importance(judged, "state", 3);
    assertThat(importance.columns())
        .extracting(Importance.Growth::column)
        .last()
        .isEqualTo("noise");
    assertThat(importance.columns().get(0).growth())
        .isGreaterThan(3 * importance.columns().get(0).standardError());
  }

  @Test
  void aSurrogateTreeReadsAsRules() {
    SurrogateTree tree = TableExplainer.of(press(), rows(1500, 8)).label("failure").surrogate(5);
    assertThat(tree.fidelity()).isGreaterThan(0.45);
    assertThat(String.join("\n", tree.rules())).contains("temperature", " K");
    assertThat(tree.mermaid()).startsWith("flowchart TD\n").contains("-- yes -->");
  }

  @Test
  void stepsOfHistoriesAreFeatures() {
    FunctionPredictor<Table, Double> last =
        new FunctionPredictor<>(
            PRESS,
            List.of(),
            t -> t.number(t.rows() - 1, 1) + 0.5 * t.number(Math.max(0, t.rows() - 5), 1));
    FeatureView<Table> view = FeatureView.steps(List.of("temperature", "torque"), 3);
    Table history = rows(9, 9);
    assertThat(view.names(history)).hasSize(6).contains("torque, rows 7 to 9");
    ShapleyValues values =
        Explainer.of(last, view, List.of(rows(9, 10), rows(9, 11)))
            .shapley(history, Budget.iterations(10_000));
    assertThat(values.exact()).isTrue();
    List<String> moved =
        values.parts().stream()
            .filter(p -> Math.abs(p.effect()) > 1e-9)
            .map(ShapleyValues.Part::feature)
            .toList();
    assertThat(moved).containsExactlyInAnyOrder("torque, rows 7 to 9", "torque, rows 4 to 6");
  }

  @Test
  void wordsOfTextsAreFeatures() {
    FunctionPredictor<String, Double> oil =
        new FunctionPredictor<>(
            Schema.of(), List.of(), t -> (t.contains("oil") ? 2.0 : 0) + (t.contains("漏") ? 1 : 0));
    ShapleyValues values =
        Explainer.of(oil, FeatureView.words(), List.of(""))
            .shapley("oil leak at pump 漏", Budget.iterations(10_000));
    assertThat(values.parts().get(0).value()).isEqualTo("oil");
    assertThat(values.parts().get(0).effect()).isCloseTo(2, within(1e-9));
    assertThat(values.parts().get(1).value()).isEqualTo("漏");
  }
}
