package io.millwright.integration.jackson;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.millwright.api.Flag;
import io.millwright.api.Millwright;
import io.millwright.api.MillwrightException;
import io.millwright.api.Outcome;
import io.millwright.api.Predictor;
import io.millwright.api.Uncertainty;
import io.millwright.api.data.Column;
import io.millwright.api.data.Schema;
import io.millwright.api.data.Table;
import io.millwright.api.data.Unit;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.json.JsonMapper;

class MillwrightJsonTest {

  private static final Path KEPT = Path.of("../../samples/app/src/test/resources/kept/0.1.0");
  private static final Schema SCHEMA =
      Schema.of(Column.number("heat"), Column.category("alloy"), Column.time("at"));

  private final ObjectMapper json = new ObjectMapper().registerModule(new MillwrightJson());
  private final JsonMapper third = JsonMapper.builder().addModule(new MillwrightJson3()).build();

  /** What both generations of Jackson write. */
  private JsonNode written(Object value) throws IOException {
    JsonNode written = json.readTree(json.writeValueAsString(value));
    assertThat(json.readTree(third.writeValueAsString(value))).isEqualTo(written);
    return written;
  }

  @Test
  void aPredictionHasValueIntervalFlagsAndModel() throws IOException {
    try (Millwright millwright = Millwright.create();
        Predictor<Table, Object> strength = millwright.open(KEPT.resolve("strength.mwb"))) {
      Table part =
          JsonTables.read(
              json.readTree("{\"heat\": 0.5, \"seconds\": 0.4, \"alloy\": \"steel\"}"),
              strength.info().inputs());
      Outcome.Prediction<Object> p = strength.predict(part).orElseThrow();
      Uncertainty.Interval interval = (Uncertainty.Interval) p.uncertainty().at(0.9);
      JsonNode all = written(p);
      assertThat(all.get("value").doubleValue()).isEqualTo(p.value());
      assertThat(all.at("/interval/level").doubleValue()).isEqualTo(0.9);
      assertThat(all.at("/interval/low").doubleValue()).isEqualTo(interval.low());
      assertThat(all.at("/interval/high").doubleValue()).isEqualTo(interval.high());
      assertThat(all.get("flags").size()).isEqualTo(p.flags().size());
      assertThat(all.at("/model/task").textValue()).isEqualTo("learning.number");
      assertThat(all.at("/model/digest").textValue()).isEqualTo(p.model().digest());

      JsonNode refused = written(strength.predict(Table.of(strength.info().inputs(), List.of())));
      assertThat(refused.has("value")).isFalse();
      assertThat(refused.at("/abstained/findings/0/message").textValue()).isNotBlank();
      assertThat(refused.at("/abstained/code").textValue()).matches("[A-Z_]+");
      assertThat(refused.at("/abstained/findings/0/code").textValue()).matches("[A-Z_]+");
    }
  }

  @Test
  void everyKindOfUncertaintyHasItsName() throws IOException {
    assertThat(
            written(
                new Uncertainty.Interval(0.9, 62.5, Double.POSITIVE_INFINITY, Unit.of("cycle"))))
        .isEqualTo(
            json.readTree("{\"interval\": {\"level\": 0.9, \"low\": 62.5, \"unit\": \"cycle\"}}"));
    assertThat(written(new Uncertainty.LabelSet(0.8, List.of("hard", "soft"))))
        .isEqualTo(
            json.readTree("{\"labels\": {\"level\": 0.8, \"possible\": [\"hard\", \"soft\"]}}"));
    assertThat(
            written(
                new Uncertainty.Band(0.5, List.of(new Uncertainty.Interval(0.5, 1, 2, Unit.NONE)))))
        .isEqualTo(
            json.readTree(
                "{\"band\": {\"level\": 0.5, \"steps\": [{\"low\": 1.0, \"high\": 2.0}]}}"));
    assertThat(written(new Uncertainty.None("no fold was held out")))
        .isEqualTo(json.readTree("{\"unknown\": \"no fold was held out\"}"));
    assertThat(Flag.values()).isNotEmpty();
  }

  @Test
  void aTableComesBackAsItWent() throws IOException {
    String rows =
        "[{\"heat\":71.5,\"alloy\":\"0007\",\"at\":\"2026-11-26T10:00:00Z\"},{\"alloy\":\"steel\"}]";
    Table table = JsonTables.read(json.readTree(rows), SCHEMA);
    assertThat(table.rows()).isEqualTo(2);
    assertThat(table.number(1, 0)).isNaN();
    assertThat(table.time(0, 2)).isEqualTo(Instant.parse("2026-11-26T10:00:00Z").toEpochMilli());
    assertThat(json.writeValueAsString(table)).isEqualTo(rows);
    assertThat(third.writeValueAsString(table)).isEqualTo(rows);
    assertThat(JsonTables.read(third.readValue(rows, JsonNode.class), SCHEMA)).isEqualTo(table);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "[{\"heat\": 1}, {\"haet\": 2}] | row 2 has a field \"haet\"",
        "[{\"heat\": \"hot\"}] | row 1, field \"heat\" is \"hot\", which is no number",
        "[{\"heat\": [1]}] | row 1, field \"heat\" is [1]",
        "[{\"at\": \"yesterday\"}] | row 1, field \"at\" is \"yesterday\", which is no time",
        "[7] | row 1 is 7, but must be an object",
        "\"x\" | the document is no object"
      })
  void whatIsWrongIsSaidWithItsPlace(String rows, String message) {
    assertThatThrownBy(() -> JsonTables.read(json.readTree(rows), SCHEMA))
        .isInstanceOf(MillwrightException.class)
        .hasMessageContaining(message)
        .hasMessageContaining("Maybe");
  }

  @Test
  void theModuleIsFoundByItself() {
    assertThat(ObjectMapper.findModules()).anyMatch(MillwrightJson.class::isInstance);
    assertThat(JsonMapper.builder().findAndAddModules().build().registeredModules())
        .anyMatch(MillwrightJson3.class::isInstance);
    assertThatThrownBy(() -> new MillwrightJson(1)).hasMessageContaining("Maybe 0.9");
  }
}
