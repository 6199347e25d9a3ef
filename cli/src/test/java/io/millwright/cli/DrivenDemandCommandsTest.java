package io.millwright.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Forecasts with covariates and of sums with everything real behind them. */
class DrivenDemandCommandsTest extends CommandTest {

  private static final int LENGTH = 60;

  private JsonNode json() throws IOException {
    return new ObjectMapper().readTree(out.toString());
  }

  private String write(String name, String text) throws IOException {
    return Files.writeString(folder.resolve(name), text).toString();
  }

  /** Promotions of two kinds, of which one doubles demand; six months ahead are known. */
  private String[] files() throws IOException {
    StringBuilder sales = new StringBuilder("article,month,pieces\n");
    StringBuilder promotions = new StringBuilder("article,month,promotion\n");
    StringBuilder articles = new StringBuilder("article,size\n");
    for (int i = 0; i < 12; i++) {
      Random random = new Random(i);
      for (int t = 0; t < LENGTH + 6; t++) {
        int kind = random.nextInt(5);
        String month = String.format(Locale.ROOT, "A%d,%d-%02d", i, 2020 + t / 12, t % 12 + 1);
        double mean = (i % 2 == 0 ? 300 : 60) * (kind == 0 ? 2 : 1);
        promotions
            .append(month)
            .append(',')
            .append(kind == 0 ? "leaflet" : kind == 1 ? "poster" : "none")
            .append('\n');
        if (t < LENGTH) {
          sales.append(
              String.format(
                  Locale.ROOT, "%s,%.0f%n", month, mean * Math.exp(0.1 * random.nextGaussian())));
        }
      }
      articles
          .append("A")
          .append(i)
          .append(',')
          .append(i % 2 == 0 ? "large" : "small")
          .append('\n');
    }
    articles.append("A99,large\n");
    for (int t = LENGTH; t < LENGTH + 6; t++) {
      promotions.append(
          String.format(Locale.ROOT, "A99,%d-%02d,none%n", 2020 + t / 12, t % 12 + 1));
    }
    return new String[] {
      write("sales.csv", sales.toString()),
      write("promotions.csv", promotions.toString()),
      write("articles.csv", articles.toString())
    };
  }

  private static final String[] COLUMNS = {
    "--id", "article", "--period", "month", "--value", "pieces"
  };

  private static String[] with(String... more) {
    String[] all = new String[COLUMNS.length + more.length];
    System.arraycopy(more, 0, all, 0, more.length);
    System.arraycopy(COLUMNS, 0, all, more.length, COLUMNS.length);
    return all;
  }

  @Test
  void promotionsCountAndANewArticleIsForecastByItsLikes() throws IOException {
    String[] files = files();
    String page = folder.resolve("driven.html").toString();
    String[] sources = {
      "forecast", files[0], "--covariates", files[1], "--attributes", files[2], "--horizon", "6"
    };
    String[] more = java.util.Arrays.copyOf(sources, sources.length + 3);
    more[sources.length] = "--json";
    more[sources.length + 1] = "--html";
    more[sources.length + 2] = page;
    assertThat(run(with(more))).as(err.toString()).isZero();
    JsonNode reply = json();
    JsonNode leaflet = effect(reply, "promotion=leaflet");
    assertThat(leaflet.get("kept").asBoolean()).isTrue();
    assertThat(leaflet.get("factor").asDouble()).isCloseTo(2, within(0.15));
    assertThat(effect(reply, "promotion=poster").get("kept").asBoolean()).isFalse();
    JsonNode fresh = reply.get("forecasts").get(12);
    assertThat(fresh.get("id").asText()).isEqualTo("A99");
    assertThat(fresh.get("periods").get(0).get("mean").asDouble()).isBetween(200.0, 450.0);
    assertThat(Files.readString(Path.of(page))).contains("promotion=leaflet");
  }

  private static JsonNode effect(JsonNode reply, String name) {
    for (JsonNode effect : reply.get("covariates")) {
      if (effect.get("name").asText().equals(name)) {
        return effect;
      }
    }
    throw new AssertionError(name + " is not in " + reply.get("covariates"));
  }

  @Test
  void sumsAgree() throws IOException {
    String[] files = files();
    String page = folder.resolve("sums.html").toString();
    assertThat(
            run(
                with(
                    "forecast",
                    files[0],
                    "--hierarchy",
                    write(
                        "sizes.csv",
                        Files.readString(Path.of(files[2])).replace("A99,large\n", "")),
                    "--horizon",
                    "4",
                    "--json",
                    "--html",
                    page)))
        .as(err.toString())
        .isZero();
    JsonNode forecasts = json().get("forecasts");
    double large = 0;
    double total = 0;
    for (JsonNode one : forecasts) {
      double mean = one.get("periods").get(3).get("mean").asDouble();
      large += one.get("level").asText().equals("size") ? mean : 0;
      total += one.get("id").asText().equals("total") ? mean : 0;
    }
    assertThat(large).isCloseTo(total, within(1e-6 * total));
    assertThat(json().get("levels")).hasSize(3);
    assertThat(Files.readString(Path.of(page))).contains("Reconciled");
  }

  @Test
  void whatDoesNotFitIsNamed() throws IOException {
    String[] files = files();
    assertThat(run(with("forecast", files[0], "--covariates", files[2]))).isNotZero();
    assertThat(err.toString()).contains("month");
    assertThat(run(with("forecast", files[0], "--holidays", "99-99"))).isNotZero();
    assertThat(err.toString()).contains("99-99");
    assertThat(run(with("forecast", files[0], "--covariates", files[1], "--past", "weather")))
        .isNotZero();
    assertThat(err.toString()).contains("weather");
    assertThat(run(with("forecast", files[0], "--hierarchy", files[2], "--levels", "colour")))
        .isNotZero();
    assertThat(err.toString()).contains("colour");
    assertThat(run(with("forecast", files[0], "--hierarchy", files[2], "--covariates", files[1])))
        .isNotZero();
    assertThat(err.toString()).contains("A99, which has no history");
    String two = write("two.csv", Files.readString(Path.of(files[2])) + "A1,large\n");
    assertThat(run(with("forecast", files[0], "--hierarchy", two))).isNotZero();
    assertThat(err.toString()).contains("two.csv row 14: A1 is {size=large}, but was {size=small}");
    assertThat(run(with("forecast", files[0], "--attributes", two))).isNotZero();
    assertThat(err.toString()).contains("row 14: A1 is {size=large}");
    String text = Files.readString(Path.of(files[1]));
    String others = write("others.csv", text.replaceAll("(?m)^A", "B"));
    assertThat(run(with("forecast", files[0], "--covariates", others))).isNotZero();
    assertThat(err.toString()).contains("that no series has, such as B0").contains("has A0");
    String one = write("one.csv", text.replaceAll("(?m)^A3,", "B3,"));
    err.getBuffer().setLength(0);
    run(with("forecast", files[0], "--covariates", one, "--horizon", "6"));
    assertThat(err.toString()).contains("Not read").contains("covariates of 2 names");
  }

  @Test
  void sumsAgreeWithCovariatesAndNewArticles() throws IOException {
    String[] files = files();
    // What is said of a sum holds for all its series.
    String covariates =
        write(
            "fair.csv",
            "article,month,fair\n"
                + IntStream.range(0, LENGTH + 6)
                    .mapToObj(
                        t -> String.format("total,%d-%02d,%d\n", 2020 + t / 12, t % 12 + 1, t % 2))
                    .collect(Collectors.joining()));
    for (String known : List.of(files[1], covariates)) {
      out.getBuffer().setLength(0);
      assertThat(
              run(
                  with(
                      "forecast",
                      files[0],
                      "--hierarchy",
                      files[2],
                      "--covariates",
                      known,
                      "--attributes",
                      files[2],
                      "--horizon",
                      "4",
                      "--json")))
          .as(err.toString())
          .isZero();
      double large = 0;
      double total = 0;
      double fresh = 0;
      for (JsonNode one : json().get("forecasts")) {
        double mean = one.get("periods").get(3).get("mean").asDouble();
        large += one.get("level").asText().equals("size") ? mean : 0;
        total += one.get("id").asText().equals("total") ? mean : 0;
        fresh += one.get("id").asText().equals("A99") ? mean : 0;
      }
      assertThat(large).isCloseTo(total, within(1e-6 * total));
      assertThat(fresh).isBetween(150.0, 600.0);
      String notes = json().get("notes").toString();
      assertThat(notes)
          .contains(
              known.equals(covariates)
                  ? "covariate fair: no weight"
                  : "covariate promotion=leaflet: demand times");
    }
  }
}
