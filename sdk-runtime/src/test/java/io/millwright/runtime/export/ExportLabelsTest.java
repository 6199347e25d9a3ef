package io.millwright.runtime.export;

import static org.assertj.core.api.Assertions.assertThat;

import io.millwright.api.data.Column;
import io.millwright.api.data.Schema;
import io.millwright.api.data.Table;
import io.millwright.runtime.tree.TreeNode;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.Statement;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Labels of any letters in exported texts, as inputs and as classes. */
class ExportLabelsTest {

  @Test
  void labelsBeyondAsciiAreTextsOfTwoBytesALetter() {
    Schema schema = Schema.of(Column.category("材料"), Column.category("shift"));
    List<String> labels = List.of("铝", "a\"$ \n", "\uD83D\uDE00", "it's $94DD");
    TreeNode tree = ModelExportTest.leaf(0);
    for (int k = 0; k < labels.size(); k++) {
      List<String> one = List.of(labels.get(k));
      tree =
          new TreeNode.Split(
              "材料", Double.NaN, one, k == 3, ModelExportTest.leaf(k + 1), tree, List.of(0.0), 9, 1);
    }
    tree =
        new TreeNode.Split(
            "shift",
            Double.NaN,
            List.of("it's $"),
            true,
            tree,
            ModelExportTest.leaf(-1),
            List.of(0.0),
            9,
            1);
    String text = ModelExport.of(tree, schema, List.of()).structuredText("Made");
    assertThat(text).contains("in_x : WSTRING; (* 材料;", "in_shift : STRING;", "\"$94DD\"");
    assertThat(text.replaceAll("(?s)\\(\\*.*?\\*\\)", "")).isASCII();
    Block block = Block.of(text);
    for (int k = 0; k <= labels.size() + 1; k++) {
      String label = k < labels.size() ? labels.get(k) : k == labels.size() ? null : "镍";
      Table table = Table.builder(schema, 1).add(label, "it's $").build();
      block.run(table, 0);
      assertThat(block.number("out_value")).isEqualTo(k < 4 ? k + 1 : k == 4 ? 4 : 0);
    }
  }

  @Test
  void aQuerySaysWhichClassEachProbabilityIsOf() throws Exception {
    TreeNode tree = new TreeNode.Leaf(List.of(0.25, 0.75), 3);
    List<String> classes = List.of("--\nDROP TABLE readings; --", "铝 is \"good\"");
    Schema schema = Schema.of(Column.number("x"));
    String text = ModelExport.of(tree, schema, classes).sql("readings", List.of());
    assertThat(text).contains("\n-- probability_1 is that of 铝 is \"good\"\n");
    for (String address : List.of("jdbc:duckdb:", "jdbc:h2:mem:")) {
      try (Connection connection = DriverManager.getConnection(address)) {
        ModelExportTest.fill(connection, Hostile.rows(schema, 2, 1));
        try (Statement statement = connection.createStatement();
            ResultSet result = statement.executeQuery(text)) {
          assertThat(result.next()).isTrue();
          assertThat(result.getString("label")).isEqualTo(classes.get(1));
          assertThat(result.getDouble("probability_1")).isEqualTo(0.75);
        }
      }
    }
  }
}
