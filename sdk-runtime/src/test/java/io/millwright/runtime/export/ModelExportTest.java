package io.millwright.runtime.export;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.millwright.api.Flag;
import io.millwright.api.MillwrightException;
import io.millwright.api.Outcome;
import io.millwright.api.Predictor;
import io.millwright.api.Uncertainty;
import io.millwright.api.data.Column;
import io.millwright.api.data.ColumnType;
import io.millwright.api.data.Schema;
import io.millwright.api.data.Table;
import io.millwright.api.data.TableBuilder;
import io.millwright.api.learn.Activation;
import io.millwright.api.learn.ClassScores;
import io.millwright.api.learn.Initialisation;
import io.millwright.api.learn.Layer;
import io.millwright.api.learn.Network;
import io.millwright.api.learn.Networks;
import io.millwright.runtime.bundle.Model;
import io.millwright.runtime.predict.TestModels;
import io.millwright.runtime.tree.TreeNode;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.sql.Types;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What is exported answers as the bundle does: compiled, in databases, on a controller. */
class ModelExportTest {

  private static final double LEVEL = 0.9;

  @TempDir Path folder;

  private static Model model(Activation activation) {
    return TestModels.quantity(4, 2, Networks.mlp(activation, 7, 5));
  }

  private static Model large() {
    return TestModels.quantity(4, 2, Networks.mlp(Activation.TANH, 12, 8));
  }

  /** Answers lie between 0 and 125: a millionth of that is allowed. */
  private static final double TOLERANCE = 125e-6;

  private static void same(double expected, double actual) {
    if (Double.isInfinite(expected)) {
      // The limit itself, or so near below that rounding decides.
      assertThat(actual).isGreaterThan(125 - TOLERANCE);
    } else if (Double.isInfinite(actual)) {
      assertThat(expected).isGreaterThan(125 - TOLERANCE);
    } else {
      assertThat(actual).isCloseTo(expected, within(TOLERANCE));
    }
  }

  /** What is said of a row, by the names of the export. */
  private interface Said {
    double number(String name) throws Exception;

    boolean flag(String name) throws Exception;
  }

  private static void same(Outcome<Object> expected, Said said) throws Exception {
    assertThat(said.flag("answered")).isEqualTo(expected instanceof Outcome.Prediction);
    if (!(expected instanceof Outcome.Prediction<Object> p)) {
      return;
    }
    assertThat(said.flag("imputed")).isEqualTo(p.flags().contains(Flag.IMPUTED));
    assertThat(said.flag("unknown_category")).isEqualTo(p.flags().contains(Flag.UNKNOWN_CATEGORY));
    assertThat(said.flag("outside_training_range"))
        .isEqualTo(p.flags().contains(Flag.OUTSIDE_TRAINING_RANGE));
    if (p.value() instanceof ClassScores scores) {
      for (int k = 0; k < scores.labels().size(); k++) {
        assertThat(said.number("probability_" + k))
            .isCloseTo(scores.probabilities().get(k), within(1e-6));
      }
      double risk = 1 - scores.of("good");
      if (Math.abs(risk - 0.3) > 1e-6) {
        assertThat(said.flag("alarm")).isEqualTo(scores.alarm().orElseThrow());
      }
      return;
    }
    same((double) p.value(), said.number("value"));
    Uncertainty.Interval interval = (Uncertainty.Interval) p.uncertainty().at(LEVEL);
    if (p.flags().contains(Flag.UNKNOWN_CATEGORY)) {
      assertThat(said.number("low")).isLessThanOrEqualTo(interval.low()); // open
      assertThat(said.number("high")).isGreaterThan(1e300);
      return;
    }
    same(interval.low(), said.number("low"));
    same(interval.high(), said.number("high"));
  }

  private static Said compiled(Object answer) {
    return new Said() {
      @Override
      public double number(String name) throws Exception {
        return name.startsWith("probability_")
            ? ((double[]) answer.getClass().getMethod("probabilities").invoke(answer))
                [Integer.parseInt(name.substring(12))]
            : answer.getClass().getField(name).getDouble(answer);
      }

      @Override
      public boolean flag(String name) throws Exception {
        StringBuilder camel = new StringBuilder();
        for (String part : name.split("_", -1)) {
          camel.append(
              camel.isEmpty() ? part : Character.toUpperCase(part.charAt(0)) + part.substring(1));
        }
        return answer.getClass().getField(camel.toString()).getBoolean(answer);
      }
    };
  }

  static Stream<Model> models() {
    return Stream.concat(
        Stream.of(Activation.values()).map(ModelExportTest::model),
        Stream.of(
            TestModels.classes(2),
            TestModels.trees(12),
            TestModels.quantity(3, 1, Networks.linear()),
            TestModels.quantity(
                3,
                1,
                Network.of(
                    new Layer.Residual(
                        List.of(
                            new Layer.Dense(5, Activation.RELU, Initialisation.AUTOMATIC),
                            new Layer.Dense(5, Activation.LINEAR, Initialisation.AUTOMATIC))),
                    new Layer.Dropout(0.1)))));
  }

  @ParameterizedTest
  @MethodSource("models")
  void aClassOfJavaAnswersAsTheBundle(Model model) throws Throwable {
    java(model, 400);
  }

  @Test
  @Tag("thorough")
  void aClassOfJavaAnswersAMillionRowsAsTheBundle() throws Throwable {
    java(large(), 1_000_000);
    java(TestModels.classes(2), 1_000_000);
  }

  private void java(Model model, int rows) throws Throwable {
    Compiled compiled = Compiled.of(ModelExport.of(model, LEVEL).java("Made"), "Made", folder);
    Table table = Hostile.rows(model.preparation().inputs(), rows, 1);
    List<Outcome<Object>> expected = expected(model, table);
    for (int r = 0; r < rows; r++) {
      same(expected.get(r), compiled(compiled.answer(table, r)));
    }
  }

  private static List<Outcome<Object>> expected(Model model, Table table) {
    try (Predictor<Table, Object> predictor = TestModels.predictor(model)) {
      List<Outcome<Object>> expected = predictor.predictRows(table);
      assertThat(expected).anyMatch(Outcome.Abstention.class::isInstance);
      assertThat(expected)
          .anyMatch(o -> o instanceof Outcome.Prediction<Object> p && p.flags().isEmpty());
      return expected;
    }
  }

  @ParameterizedTest
  @MethodSource("models")
  void aFunctionBlockAnswersAsTheBundle(Model model) throws Exception {
    block(model, Hostile.rows(model.preparation().inputs(), 400, 2));
  }

  @Test
  @Tag("thorough")
  void aFunctionBlockAnswersTenThousandRowsAsTheBundle() throws Exception {
    for (Model model : List.of(large(), TestModels.classes(2), TestModels.trees(12))) {
      block(model, Hostile.rows(model.preparation().inputs(), 10_000, 5));
    }
  }

  private static void block(Model model, Table table) throws Exception {
    Block block = Block.of(ModelExport.of(model, LEVEL).structuredText("Made"));
    List<Outcome<Object>> expected = expected(model, table);
    for (int r = 0; r < table.rows(); r++) {
      block.run(table, r);
      same(
          expected.get(r),
          new Said() {
            @Override
            public double number(String name) {
              double v = block.number("out_" + name);
              return Math.abs(v) == Double.MAX_VALUE ? v * 2 : v;
            }

            @Override
            public boolean flag(String name) {
              return block.flag("out_" + name);
            }
          });
    }
  }

  private static final String POSTGRES = "PostgreSQL";

  private interface Server extends AutoCloseable {
    Connection connect() throws SQLException;

    @Override
    default void close() throws IOException {}
  }

  /** Where PostgreSQL cannot be started, its tests are left out. */
  private static Server server(String address) {
    if (!address.equals(POSTGRES)) {
      return () -> DriverManager.getConnection(address);
    }
    try {
      EmbeddedPostgres postgres = EmbeddedPostgres.builder().start();
      return new Server() {
        @Override
        public Connection connect() throws SQLException {
          return postgres.getPostgresDatabase().getConnection();
        }

        @Override
        public void close() throws IOException {
          postgres.close();
        }
      };
    } catch (Exception | LinkageError e) {
      return Assumptions.abort("PostgreSQL does not start here: " + e);
    }
  }

  static Stream<String> databases() {
    return Stream.of("jdbc:duckdb:", "jdbc:h2:mem:", POSTGRES);
  }

  @ParameterizedTest
  @MethodSource("databases")
  void aQueryAnswersAsTheBundle(String address) throws Exception {
    try (Server server = server(address);
        Connection connection = server.connect()) {
      for (Model model : models().toList()) {
        sql(connection, model, 200);
      }
    }
  }

  @ParameterizedTest
  @MethodSource("databases")
  @Tag("thorough")
  void aQueryAnswersAHundredThousandRowsAsTheBundle(String address) throws Exception {
    try (Server server = server(address);
        Connection connection = server.connect()) {
      sql(connection, large(), 100_000);
    }
  }

  static void sql(Connection connection, Model model, int rows) throws Exception {
    sql(connection, model, Hostile.rows(model.preparation().inputs(), rows, 3));
  }

  private static void sql(Connection connection, Model model, Table table) throws Exception {
    List<Outcome<Object>> expected = expected(model, table);
    fill(connection, table);
    int seen = 0;
    try (Statement statement = connection.createStatement();
        ResultSet result =
            statement.executeQuery(ModelExport.of(model, LEVEL).sql("readings", List.of("id")))) {
      while (result.next()) {
        seen++;
        same(
            expected.get(result.getInt("id")),
            new Said() {
              @Override
              public double number(String name) throws SQLException {
                return result.getDouble(name);
              }

              @Override
              public boolean flag(String name) throws SQLException {
                return result.getBoolean(name);
              }
            });
      }
    }
    assertThat(seen).isEqualTo(table.rows());
  }

  /** Rows on both sides of a split, a hair apart: where single and double precision part. */
  private static Optional<Table> besideASplit(Model model, int column) {
    Schema schema = model.preparation().inputs();
    double low = 10 * column - 10;
    double high = low;
    try (Predictor<Table, Object> predictor = TestModels.predictor(model)) {
      Object first = answer(predictor, schema, column, low);
      while (answer(predictor, schema, column, high).equals(first)) {
        low = high;
        high += 0.2;
        if (high > 10 * column + 10) {
          return Optional.empty();
        }
      }
      for (int i = 0; i < 60; i++) {
        double middle = (low + high) / 2;
        if (answer(predictor, schema, column, middle).equals(first)) {
          low = middle;
        } else {
          high = middle;
        }
      }
    }
    TableBuilder rows = Table.builder(schema, 82);
    rows.add(Collections.nCopies(schema.size(), null));
    for (int k = -40; k <= 40; k++) {
      double away = Math.signum(k) * Math.ulp(low) * Math.pow(2, Math.abs(k) * 0.9);
      rows.add(row(schema, column, low + away));
    }
    return Optional.of(rows.build());
  }

  private static List<Object> row(Schema schema, int column, double value) {
    List<Object> row = new ArrayList<>();
    for (int c = 0; c < schema.size(); c++) {
      boolean number = schema.columns().get(c).type() == ColumnType.NUMBER;
      row.add(number ? (Object) (c == column ? value : 10.0 * c) : "a");
    }
    return row;
  }

  private static Object answer(
      Predictor<Table, Object> predictor, Schema schema, int column, double value) {
    Table one = Table.builder(schema, 1).add(row(schema, column, value)).build();
    return predictor.predict(one).orElseThrow().value();
  }

  @Test
  void aSplitLiesWhereItLiesInTheBundle() throws Exception {
    int seen = 0;
    for (int trees = 1; trees <= 12 && seen < 3; trees++) {
      Model model = TestModels.trees(trees);
      for (int column = 0; column < 4; column++) {
        Optional<Table> rows = besideASplit(model, column);
        if (rows.isEmpty()) {
          continue; // none on the way, or limits hide them
        }
        seen++;
        for (String address : List.of("jdbc:duckdb:", "jdbc:h2:mem:")) {
          try (Connection connection = DriverManager.getConnection(address)) {
            sql(connection, model, rows.get());
          }
        }
        block(model, rows.get());
      }
    }
    assertThat(seen).isPositive();
  }

  static void fill(Connection connection, Table table) throws SQLException {
    List<Column> columns = table.schema().columns();
    StringBuilder create = new StringBuilder("CREATE TABLE readings (\"id\" INT");
    for (Column column : columns) {
      create.append(", \"").append(column.name()).append("\" ");
      create.append(column.type() == ColumnType.NUMBER ? "DOUBLE PRECISION" : "VARCHAR(100)");
    }
    try (Statement statement = connection.createStatement()) {
      statement.execute("DROP TABLE IF EXISTS readings");
      statement.execute(create + ")");
    }
    try (PreparedStatement insert =
        connection.prepareStatement(
            "INSERT INTO readings VALUES (?" + ", ?".repeat(columns.size()) + ")")) {
      for (int r = 0; r < table.rows(); r++) {
        insert.setInt(1, r);
        for (int c = 0; c < columns.size(); c++) {
          boolean number = columns.get(c).type() == ColumnType.NUMBER;
          Object value = number ? (Object) table.number(r, c) : table.label(r, c);
          // Both are missing: NaN stays in odd rows.
          insert.setObject(
              c + 2,
              r % 2 == 0 && value instanceof Double d && d.isNaN() ? null : value,
              number ? Types.DOUBLE : Types.VARCHAR);
        }
        insert.addBatch();
        if (r % 1000 == 999) {
          insert.executeBatch();
        }
      }
      insert.executeBatch();
    }
  }

  @Test
  void aTreeAnswersAsItself() throws Throwable {
    Schema schema = Schema.of(Column.number("new"), Column.category("kind"));
    TreeNode tree =
        new TreeNode.Split(
            "new",
            3.5,
            List.of(),
            true,
            new TreeNode.Split(
                "kind", Double.NaN, List.of("a", "c"), false, leaf(1), leaf(2), List.of(1.5), 9, 1),
            leaf(3),
            List.of(2.0),
            9,
            1);
    ModelExport export = ModelExport.of(tree, schema, List.of());
    Compiled compiled = Compiled.of(export.java("Tree"), "Tree", folder);
    Block block = Block.of(export.structuredText("Tree"));
    Table table = Hostile.rows(schema, 1_000, 4);
    for (int r = 0; r < table.rows(); r++) {
      double expected = tree.of(table, r).get(0);
      assertThat(compiled(compiled.answer(table, r)).number("value")).isEqualTo(expected);
      block.run(table, r);
      assertThat(block.number("out_value")).isEqualTo(expected);
    }
    try (Connection connection = DriverManager.getConnection("jdbc:duckdb:")) {
      fill(connection, table);
      try (Statement statement = connection.createStatement();
          ResultSet result = statement.executeQuery(export.sql("readings", List.of("id")))) {
        while (result.next()) {
          assertThat(result.getDouble("value"))
              .isEqualTo(tree.of(table, result.getInt("id")).get(0));
        }
      }
    }
    assertThatThrownBy(() -> ModelExport.of(tree, Schema.of(Column.number("x")), List.of()))
        .hasMessageContaining("column \"new\"");
  }

  static TreeNode leaf(double value) {
    return new TreeNode.Leaf(List.of(value), 3);
  }

  @Test
  void whatIsNoArithmeticOfARowIsRefused() {
    assertThatThrownBy(() -> ModelExport.of(TestModels.sequences(8, 1), LEVEL))
        .isInstanceOf(MillwrightException.class)
        .hasMessageContaining("cannot be exported")
        .hasMessageContaining("\nMaybe");
    Model large = TestModels.quantity(4, 1, Networks.mlp(300, 80));
    assertThatThrownBy(() -> ModelExport.of(large, LEVEL).java("Large"))
        .hasMessageContaining("but Java takes at most 20000");
    Model huge = TestModels.quantity(4, 1, Networks.mlp(1200, 900));
    assertThatThrownBy(() -> ModelExport.of(huge, LEVEL))
        .hasMessageContaining("it has 1091401 weights in 1 members")
        .hasMessageContaining("no language takes more than 1000000")
        .hasMessageContaining("--network");
    assertThatThrownBy(() -> ModelExport.of(large, 1)).hasMessageContaining("level is 1.0");
    ModelExport export = ModelExport.of(model(Activation.RELU), LEVEL);
    assertThatThrownBy(() -> export.java("class")).hasMessageContaining("no name of a class");
    for (String name : List.of("a__b", "9a", "If", "lreal", "END_IF", "var_input", "sqrt", "a b")) {
      assertThatThrownBy(() -> export.structuredText(name))
          .as(name)
          .hasMessageContaining("no name of a block");
    }
    assertThat(export.structuredText("VarPress")).contains("FUNCTION_BLOCK VarPress");
  }
}
