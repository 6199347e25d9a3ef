package io.millwright.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.SplittableRandom;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;

/** The commands of the area personalisation with everything real behind them. */
class PersonalizationCommandsTest extends CommandTest {

  private JsonNode json() throws IOException {
    return new ObjectMapper().readTree(out.toString());
  }

  private void page(Path page) throws Exception {
    var factory = DocumentBuilderFactory.newInstance();
    factory.setFeature("http://apache.org/xml/features/nonvalidating/load-external-dtd", false);
    assertThat(factory.newDocumentBuilder().parse(page.toFile()).getDocumentElement().getTagName())
        .isEqualTo("html");
  }

  /** A part is followed by the next of its family. */
  private Path orders() throws IOException {
    StringBuilder csv = new StringBuilder("buyer,article,time\n");
    SplittableRandom random = new SplittableRandom(1);
    for (int c = 0; c < 80; c++) {
      int from = random.nextInt(8);
      for (int t = 0; t < 5; t++) {
        csv.append("b").append(c).append(",p<").append((from + t) % 12).append(">,");
        csv.append("2026-0").append(1 + t).append("-05\n");
      }
    }
    return Files.writeString(folder.resolve("orders.csv"), csv);
  }

  @Test
  void aRecommenderIsJudgedKeptAndAskedAgain() throws Exception {
    Path orders = orders();
    Path model = folder.resolve("recommender.mwb");
    Path page = folder.resolve("recommend.html");
    String[] learn = {
      "recommend",
      orders.toString(),
      "--fast",
      "--customer-column",
      "buyer",
      "--item-column",
      "article"
    };
    assertThat(run(with(learn, "--judge", "last", "--html", page.toString(), "--json")))
        .as(err.toString())
        .isZero();
    assertThat(json().at("/judged/figures/recall 10").asDouble()).isGreaterThan(0.9);
    page(page);

    String[] ask = {"--after", "p<1>,p<2>,p<3>,p<4>", "--json"};
    assertThat(run(with(with(learn, "--save", model.toString()), ask))).isZero();
    JsonNode first = json().get("recommendations");
    assertThat(first.at("/0/items/0/item").asText()).isEqualTo("p<5>");
    assertThat(run(with(new String[] {"recommend", "--model", model.toString()}, ask))).isZero();
    assertThat(json().get("recommendations")).isEqualTo(first);

    assertThat(run("recommend", "--model", model.toString(), "--customer", "b999")).isNotZero();
    assertThat(err.toString()).contains("b999");
    assertThat(run("recommend", "--model", model.toString())).isEqualTo(2);
    assertThat(err.toString()).contains("--after");
    assertThat(run("recommend", orders.toString(), "--model", model.toString())).isEqualTo(2);
  }

  @Test
  void aPumpIsConfigured() throws Exception {
    Path page = folder.resolve("pump.html");
    assertThat(run("configure", "--request", "不锈钢泵, 扬程40米", "--html", page.toString()))
        .as(err.toString())
        .isZero();
    assertThat(out.toString()).contains("steel").contains("40");
    page(page);
  }

  private static String[] with(String[] first, String... more) {
    String[] all = java.util.Arrays.copyOf(first, first.length + more.length);
    System.arraycopy(more, 0, all, first.length, more.length);
    return all;
  }
}
