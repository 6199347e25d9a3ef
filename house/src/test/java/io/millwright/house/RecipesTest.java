package io.millwright.house;

import static org.assertj.core.api.Assertions.assertThat;

import io.millwright.api.Millwright;
import io.millwright.api.data.Column;
import io.millwright.api.data.Row;
import io.millwright.api.data.Schema;
import io.millwright.api.data.Table;
import io.millwright.api.learn.Learning;
import io.millwright.api.learn.Networks;
import io.millwright.quality.Reading;
import io.millwright.samples.plant.PartsStore;
import io.millwright.samples.plant.PressFleet;
import io.millwright.scheduling.Scheduling;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Parameter;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Every recipe of the cookbook runs with small data, and says something. */
class RecipesTest {

  private static final String PAGE = "docs/cookbook.md";

  @Test
  void everyRecipeRuns(@TempDir Path out, @TempDir Path work) throws Exception {
    List<Snippets.Snippet> recipes =
        Snippets.all().stream().filter(s -> s.place().startsWith(PAGE)).toList();
    assertThat(recipes).hasSizeGreaterThanOrEqualTo(20);
    assertThat(Snippets.compiled(recipes, out)).isEmpty();
    PrintStream console = System.out;
    try (Millwright millwright = Millwright.create();
        URLClassLoader classes =
            new URLClassLoader(new URL[] {out.toUri().toURL()}, getClass().getClassLoader())) {
      Map<String, Object> given = given(millwright, work);
      for (Snippets.Snippet recipe : recipes) {
        given.put("folder", Files.createTempDirectory(work, "recipe"));
        ByteArrayOutputStream said = new ByteArrayOutputStream();
        System.setOut(new PrintStream(said, true, StandardCharsets.UTF_8));
        run(recipe, classes.loadClass("Snippet" + recipe.number()), given);
        assertThat(said.toString(StandardCharsets.UTF_8)).as(recipe.place()).isNotBlank();
      }
    } finally {
      System.setOut(console);
    }
  }

  private static void run(Snippets.Snippet recipe, Class<?> type, Map<String, Object> given)
      throws ReflectiveOperationException {
    Method method =
        Arrays.stream(type.getDeclaredMethods())
            .filter(m -> m.getName().equals("snippet"))
            .findFirst()
            .orElseThrow();
    method.setAccessible(true);
    var constructor = type.getDeclaredConstructor();
    constructor.setAccessible(true);
    Object[] arguments =
        Arrays.stream(method.getParameters()).map(Parameter::getName).map(given::get).toArray();
    try {
      method.invoke(constructor.newInstance(), arguments);
    } catch (InvocationTargetException e) {
      throw new AssertionError(recipe.place() + " fails: " + e.getCause(), e.getCause());
    }
  }

  private static Map<String, Object> given(Millwright millwright, Path work) throws Exception {
    Map<String, Object> all = new HashMap<>();
    Table parts = parts();
    Path bundle = work.resolve("strength.mwb");
    millwright
        .learning()
        .number("strength")
        .network(Networks.mlp(8))
        .learning(Learning.adam(1e-2).epochs(3))
        .train(parts)
        .await()
        .saveTo(bundle);
    all.put("millwright", millwright);
    all.put("parts", parts);
    all.put("bundle", bundle);
    all.put("graded", graded(parts));
    all.put("readings", sequences());
    all.put("fleet", new PressFleet(1, 8, 1).train());
    all.put("running", new PressFleet(1, 8, 1).test().get(0).history());
    all.put("normal", normal(300, 0));
    all.put("today", normal(20, 3));
    all.put("good", good());
    all.put("demand", new PartsStore(2, 4).demand());
    all.put("shop", millwright.plugin(Scheduling.class).documents().shop("two orders", SHOP));
    all.put("log", log());
    return all;
  }

  private static final String SHOP =
      """
      {"machines": [{"id": "saw"}, {"id": "mill"}],
       "jobs": [
         {"id": "A", "due": 9, "operations": [
           {"id": "1", "alternatives": [{"machine": "saw", "duration": 3}]},
           {"id": "2", "alternatives": [{"machine": "mill", "duration": 4}]}]},
         {"id": "B", "due": 7, "operations": [
           {"id": "1", "alternatives": [{"machine": "saw", "duration": 2}]},
           {"id": "2", "alternatives": [{"machine": "mill", "duration": 3}]}]}]}
      """;

  private static Table parts() {
    Schema schema =
        Schema.of(
            Column.number("heat"),
            Column.number("seconds"),
            Column.category("alloy"),
            Column.number("strength"));
    Random random = new Random(3);
    List<Row> rows = new ArrayList<>();
    for (int i = 0; i < 150; i++) {
      double heat = random.nextDouble();
      double seconds = random.nextDouble();
      double strength = 5 * heat * seconds + (i % 3 == 0 ? 0.5 : 0) + 0.1 * random.nextGaussian();
      rows.add(Row.of(schema, heat, seconds, i % 3 == 0 ? "bronze" : "steel", strength));
    }
    return Table.of(schema, rows);
  }

  private static Table graded(Table parts) {
    Schema schema =
        Schema.of(Column.number("heat"), Column.number("seconds"), Column.category("grade"));
    List<Row> rows = new ArrayList<>();
    for (int r = 0; r < parts.rows(); r++) {
      boolean hard = parts.number(r, 3) > 1.2 != (r % 13 == 0);
      rows.add(Row.of(schema, parts.number(r, 0), parts.number(r, 1), hard ? "hard" : "soft"));
    }
    return Table.of(schema, rows);
  }

  private static Table sequences() {
    Schema schema =
        Schema.of(Column.category("machine"), Column.number("sound"), Column.number("wear"));
    Random random = new Random(4);
    List<Row> rows = new ArrayList<>();
    for (int m = 0; m < 5; m++) {
      for (int r = 0; r < 30; r++) {
        rows.add(Row.of(schema, "m" + m, r / 30.0 + 0.1 * random.nextGaussian(), r * 0.1));
      }
    }
    return Table.of(schema, rows);
  }

  private static Table normal(int count, double shift) {
    Schema schema = Schema.of(Column.number("pressure"), Column.number("flow"));
    Random random = new Random(5);
    List<Row> rows = new ArrayList<>();
    for (int r = 0; r < count; r++) {
      double load = random.nextGaussian();
      rows.add(
          Row.of(
              schema,
              10 + load + 0.1 * random.nextGaussian(),
              5 + load + 0.1 * random.nextGaussian() + shift));
    }
    return Table.of(schema, rows);
  }

  private static List<Reading> good() {
    Random random = new Random(6);
    List<Reading> all = new ArrayList<>();
    for (int i = 0; i < 60; i++) {
      all.add(Reading.of(10 + 0.1 * random.nextGaussian()));
    }
    return all;
  }

  private static Table log() {
    Schema schema =
        Schema.of(
            Column.category("case"),
            Column.category("activity"),
            Column.category("resource"),
            Column.time("start"),
            Column.time("end"));
    Instant begin = Instant.parse("2026-11-02T06:00:00Z");
    List<Row> rows = new ArrayList<>();
    for (int i = 0; i < 40; i++) {
      Instant at = begin.plusSeconds(1200L * i);
      rows.add(Row.of(schema, "A" + i, "saw", "saw 1", at, at.plusSeconds(700)));
      rows.add(
          Row.of(schema, "A" + i, "mill", "mill 1", at.plusSeconds(700), at.plusSeconds(1900)));
    }
    return Table.of(schema, rows);
  }
}
