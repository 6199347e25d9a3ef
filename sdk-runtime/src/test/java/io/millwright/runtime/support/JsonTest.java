package io.millwright.runtime.support;

import static io.millwright.runtime.bundle.BundleTest.refused;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millwright.api.data.Column;
import io.millwright.api.data.Row;
import io.millwright.api.data.Schema;
import io.millwright.api.data.Table;
import io.millwright.api.data.Unit;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Random;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class JsonTest {

  private static final Place PLACE = Place.bundle("test.mwb");
  private static final Limits LIMITS = Limits.standard();

  enum Colour {
    RED,
    GREEN
  }

  sealed interface Thing {
    record Plain() implements Thing {}

    record LargeThing2d(int kind, Colour colour) implements Thing {}

    sealed interface Nested extends Thing {}

    record Deep(List<Thing> things) implements Nested {}
  }

  record Everything(
      int i,
      Integer boxed,
      long l,
      double d,
      float f,
      boolean b,
      String s,
      Colour colour,
      Instant instant,
      Duration duration,
      List<List<Double>> lists,
      Set<Colour> set,
      Map<String, Thing> map,
      SortedMap<String, Long> sorted,
      Optional<Thing> some,
      Optional<String> none,
      OptionalDouble optionalDouble,
      OptionalInt optionalInt,
      OptionalLong optionalLong,
      Unit unit,
      Row row,
      Table table) {}

  record Small(int a, Optional<String> later) {}

  record Point(double x) {
    Point {
      if (x < 0) {
        throw new IllegalArgumentException("x is " + x);
      }
    }
  }

  private static Everything everything() {
    Schema schema = Schema.of(Column.number("n", Unit.of("K")), Column.category("c"));
    double infinity = Double.POSITIVE_INFINITY;
    return new Everything(
        Integer.MIN_VALUE,
        7,
        Long.MAX_VALUE,
        -0.0,
        Float.MIN_VALUE,
        true,
        "text \u0000 \" \\ \n 𝛼 \u2028",
        Colour.GREEN,
        Instant.parse("2024-02-29T23:59:59.000000001Z"),
        Duration.ofNanos(-1),
        List.of(List.of(), List.of(Double.NaN, infinity, -infinity, Double.MIN_VALUE, 9.5e22)),
        Set.of(Colour.RED, Colour.GREEN),
        Map.of("z", new Thing.Plain(), "a", new Thing.LargeThing2d(3, Colour.RED)),
        new TreeMap<>(Map.of("b", 2L, "a", -1L)),
        Optional.of(new Thing.Deep(List.of(new Thing.Plain()))),
        Optional.empty(),
        OptionalDouble.of(Double.NaN),
        OptionalInt.empty(),
        OptionalLong.of(Long.MIN_VALUE),
        Unit.NONE,
        Row.of(schema, 1.5, null),
        Table.of(schema, List.of(Row.of(schema, null, "x"), Row.of(schema, -0.0, null))));
  }

  @Test
  void everyTypeComesBack() {
    byte[] json = Json.write(everything(), Everything.class);
    Everything back = Json.read(json, Everything.class, PLACE, LIMITS);
    assertThat(back).isEqualTo(everything());
    assertThat(Json.write(back, Everything.class)).isEqualTo(json);
  }

  @Test
  void variantsHaveShortNamesAndNoClassIsNamed() {
    String json = new String(Json.write(everything(), Everything.class), StandardCharsets.UTF_8);
    assertThat(json)
        .contains("{\"@kind\":\"large-thing2d\",\"kind\":3,\"colour\":\"RED\"}")
        .contains("\"@kind\":\"deep\"")
        .doesNotContain("millwright")
        .doesNotContain("none")
        .doesNotContain("java");
  }

  @Test
  void equalMapsGiveEqualBytesAndTheirOrderCanBeKept() {
    record Holder(Map<String, Integer> map) {}
    Map<String, Integer> backwards = new LinkedHashMap<>();
    backwards.put("b", 1);
    backwards.put("a", 2);
    assertThat(text(Json.write(new Holder(backwards), Holder.class)))
        .isEqualTo("{\"map\":{\"a\":2,\"b\":1}}");
    assertThat(text(Json.writeInOrder(new Holder(backwards), Holder.class)))
        .isEqualTo("{\"map\":{\"b\":1,\"a\":2}}");
  }

  @Test
  void doublesComeBackToTheLastBit() {
    record Numbers(List<Double> values) {}
    Random random = new Random(5);
    List<Double> values =
        random.longs(20_000).mapToObj(Double::longBitsToDouble).map(d -> d).toList();
    Numbers back =
        Json.read(Json.write(new Numbers(values), Numbers.class), Numbers.class, PLACE, LIMITS);
    for (int i = 0; i < values.size(); i++) {
      assertThat(Double.doubleToLongBits(back.values().get(i)))
          .isEqualTo(Double.doubleToLongBits(values.get(i)));
    }
  }

  @Test
  void aLaterFieldIsOptionalAndLeftOutWhenEmpty() {
    assertThat(text(Json.write(new Small(1, Optional.empty()), Small.class)))
        .isEqualTo("{\"a\":1}");
    assertThat(Json.read(bytes("{\"a\":1}"), Small.class, PLACE, LIMITS).later()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{}|$.a",
        "{\"a\":1,\"b\":2}|$.b (character 7): there is no such field; there are [a, later]",
        "{\"a\":1,\"a\":2}|Duplicate field 'a'",
        "{\"a\":1.5}|$.a",
        "{\"a\":\"1\"}|$.a",
        "{\"a\":99999999999}|$.a (character 5): 99999999999 is too large",
        "{\"a\":null}|$.a",
        "{\"a\":1,\"later\":7}|$.later",
        "{\"a\":1} {}|after the end",
        "{\"a\":1|character 6",
        "[]|$",
        "``|nothing",
        "{\"a\":01}|character",
        "{'a':1}|character",
        "{\"a\":1}//|character",
        "{\"a\":NaN}|character"
      })
  void wrongTextsAreRefusedWithTheirPlace(String json, String part) {
    refused(
        () -> Json.read(bytes(json == null ? "" : json), Small.class, PLACE, LIMITS),
        "BAD_BUNDLE",
        part);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{\"x\":-1}|at $ (character 7): x is -1.0",
        "{\"x\":1e999}|too large",
        "{\"x\":\"nan\"}|is not a number",
        "{\"x\":true}|$.x",
        "{\"x\":1000000000000000000000000000000000000000000000000000000000000000000000}|Number"
      })
  void wrongNumbersAreRefused(String json, String part) {
    refused(() -> Json.read(bytes(json), Point.class, PLACE, LIMITS), "BAD_BUNDLE", part);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"@kind\":\"io.millwright.runtime.support.JsonTest$Thing$Plain\"}",
        "{\"@kind\":\"java.lang.Runtime\"}",
        "{\"@kind\":\"nested\"}",
        "{\"@kind\":3}",
        "{\"kind\":3,\"@kind\":\"plain\"}",
        "{}",
        "{\"@kind\":\"plain\",\"@kind\":\"plain\"}"
      })
  void onlyTheVariantsOfTheTypeAreKnown(String json) {
    refused(() -> Json.read(bytes(json), Thing.class, PLACE, LIMITS), "BAD_BUNDLE", "test.mwb");
  }

  @Test
  void depthAndLengthsAreBounded() {
    String deep = "{\"@kind\":\"deep\",\"things\":[".repeat(5000);
    refused(
        () -> Json.read(bytes(deep), Thing.class, PLACE, LIMITS), "BAD_BUNDLE", "nesting depth");
    String name = "{\"a\":1,\"later\":\"" + "x".repeat((1 << 20) + 1) + "\"}";
    refused(() -> Json.read(bytes(name), Small.class, PLACE, LIMITS), "BAD_BUNDLE", "String");
    byte[] large = new byte[(16 << 20) + 1];
    refused(() -> Json.read(large, Small.class, PLACE, LIMITS), "BAD_BUNDLE", "at most 16777216");
  }

  @Test
  void onlyUtf8IsRead() {
    byte[] utf16 = "{\"a\":1}".getBytes(StandardCharsets.UTF_16);
    refused(() -> Json.read(utf16, Small.class, PLACE, LIMITS), "BAD_BUNDLE", "not UTF-8");
    byte[] wide = "{\"a\":1}".getBytes(StandardCharsets.UTF_16LE);
    refused(() -> Json.read(wide, Small.class, PLACE, LIMITS), "BAD_BUNDLE", "test.mwb");
  }

  @ParameterizedTest
  @ValueSource(strings = {"\ud800", "\ud800x", "x\udc00", "\udc00\ud800"})
  void halvesOfCharactersSurvive(String text) {
    byte[] json = Json.write(new Small(1, Optional.of(text)), Small.class);
    assertThat(Json.read(json, Small.class, PLACE, LIMITS).later()).contains(text);
  }

  @Test
  void tablesMustBeWhole() {
    record Holder(Table t) {}
    String column =
        "{\"column\":{\"name\":\"n\",\"type\":\"NUMBER\",\"unit\":\"\"},\"values\":[1,null]}";
    Table table =
        Json.read(
                bytes("{\"t\":{\"rows\":2,\"columns\":[" + column + "]}}"),
                Holder.class,
                PLACE,
                LIMITS)
            .t();
    assertThat(table.number(0, 0)).isEqualTo(1);
    assertThat(table.number(1, 0)).isNaN();
    for (String wrong :
        List.of(
            "{\"t\":{\"rows\":3,\"columns\":[" + column + "]}}",
            "{\"t\":{\"rows\":2,\"columns\":[" + column + "," + column + "]}}",
            "{\"t\":{\"rows\":2000000000,\"columns\":[]}}",
            "{\"t\":{\"rows\":-1,\"columns\":[]}}")) {
      refused(() -> Json.read(bytes(wrong), Holder.class, PLACE, LIMITS), "BAD_BUNDLE", "$.t");
    }
  }

  @Test
  void aTypeWithoutFormInJsonIsAMistakeOfTheProgrammer() {
    record Holder(Object o) {}
    assertThatThrownBy(() -> Json.write(new Holder(new java.util.BitSet()), Holder.class))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("BitSet");
    assertThatThrownBy(() -> Json.read(bytes("{\"o\":1}"), Holder.class, PLACE, LIMITS))
        .isInstanceOf(IllegalStateException.class);
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private static String text(byte[] bytes) {
    return new String(bytes, StandardCharsets.UTF_8);
  }
}
