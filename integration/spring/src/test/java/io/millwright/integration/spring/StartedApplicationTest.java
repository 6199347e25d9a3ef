package io.millwright.integration.spring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.millwright.api.Budget;
import io.millwright.api.Job;
import io.millwright.api.Millwright;
import io.millwright.api.ModelStore;
import io.millwright.api.Outcome;
import io.millwright.api.Predictor;
import io.millwright.api.Trained;
import io.millwright.api.data.Column;
import io.millwright.api.data.Row;
import io.millwright.api.data.Schema;
import io.millwright.api.data.Table;
import io.millwright.api.learn.Learning;
import io.millwright.api.learn.Networks;
import io.millwright.integration.jackson.JsonTables;
import io.millwright.scheduling.Objectives;
import io.millwright.scheduling.Scheduling;
import io.millwright.scheduling.Shop;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RestController;

/** A real application with a real web server: what a vendor writes is the controller below. */
class StartedApplicationTest {

  private static final Path KEPT =
      Path.of("../../samples/app/src/test/resources/kept/0.1.0").toAbsolutePath();

  @TempDir static Path folder;
  private static ConfigurableApplicationContext context;
  private static String address;
  private final ObjectMapper json = new ObjectMapper();

  /** What a vendor writes. */
  @EnableAutoConfiguration
  @RestController
  static class Application {

    private final Predictor<Table, Object> strength;
    private final Scheduling scheduling;

    Application(Predictor<Table, Object> strength, Scheduling scheduling) {
      this.strength = strength;
      this.scheduling = scheduling;
    }

    @PostMapping(path = "/strength", consumes = MediaType.APPLICATION_JSON_VALUE)
    List<Outcome<Object>> strength(@RequestBody JsonNode parts) {
      return strength.predictRows(JsonTables.read(parts, strength.info().inputs()));
    }

    @PostMapping("/plan")
    Map<String, Object> plan(@RequestBody String document) throws InterruptedException {
      Shop shop = scheduling.documents().shop("plan", document);
      long end =
          scheduling
              .optimizer()
              .minimize(Objectives.weightedTardiness())
              .optimize(shop, Budget.iterations(500))
              .await()
              .orElseThrow()
              .makespan();
      return Map.of("makespan", end);
    }
  }

  @BeforeAll
  static void start() {
    try (Millwright millwright = Millwright.create()) {
      ModelStore store = millwright.store(folder.resolve("models"));
      store.put("strength", KEPT.resolve("strength.mwb"));
      store.promote("production", "strength:1", ModelStore.Note.by("ann", "first"));
    }
    context =
        run(
            "--millwright.store=" + folder.resolve("models"),
            "--millwright.models.strength=strength:production");
    address = "http://localhost:" + context.getEnvironment().getProperty("local.server.port");
  }

  private static ConfigurableApplicationContext run(String... arguments) {
    List<String> all = new ArrayList<>(List.of(arguments));
    all.addAll(
        List.of(
            "--server.port=0",
            "--spring.main.banner-mode=off",
            "--management.endpoints.web.exposure.include=health,info,metrics",
            "--management.endpoint.health.show-details=always"));
    return new SpringApplicationBuilder(Application.class).run(all.toArray(String[]::new));
  }

  @AfterAll
  static void stop() {
    context.close();
  }

  private JsonNode post(String path, String type, String body)
      throws IOException, InterruptedException {
    HttpResponse<String> response =
        HttpClient.newHttpClient()
            .send(
                HttpRequest.newBuilder(URI.create(address + path))
                    .header("Content-Type", type)
                    .POST(HttpRequest.BodyPublishers.ofString(body))
                    .build(),
                HttpResponse.BodyHandlers.ofString());
    assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
    return json.readTree(response.body());
  }

  private JsonNode get(String path) throws IOException, InterruptedException {
    HttpResponse<String> response =
        HttpClient.newHttpClient()
            .send(
                HttpRequest.newBuilder(URI.create(address + path)).build(),
                HttpResponse.BodyHandlers.ofString());
    assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
    return json.readTree(response.body());
  }

  @Test
  void anOutcomeOfAControllerIsJson() throws IOException, InterruptedException {
    JsonNode answer =
        post(
            "/strength",
            "application/json",
            "[{\"heat\": 0.5, \"seconds\": 0.4, \"alloy\": \"steel\"}, {\"heat\": 0.1}]");
    assertThat(answer.size()).isEqualTo(2);
    assertThat(answer.at("/0/value").isNumber()).isTrue();
    assertThat(answer.at("/0/interval/low").doubleValue())
        .isLessThan(answer.at("/0/value").doubleValue());
    assertThat(answer.at("/0/flags").isArray()).isTrue();
    assertThat(answer.at("/0/model/task").textValue()).isEqualTo("learning.number");
  }

  private static final String SHOP =
      "{\"machines\": [{\"id\": \"saw\"}], \"jobs\": [{\"id\": \"A\", \"due\": 9, \"operations\":"
          + " [{\"id\": \"1\", \"alternatives\": [{\"machine\": \"saw\", \"duration\": 3}]}]}]}";

  @Test
  void aPlanDoesNotWaitForATraining() throws IOException, InterruptedException {
    Job<? extends Trained<Table, Double>> training = endless(context);
    try {
      assertThat(post("/plan", "text/plain", SHOP).get("makespan").longValue()).isEqualTo(3);
      assertThat(training.state()).isIn(Job.State.QUEUED, Job.State.RUNNING);
    } finally {
      training.cancel();
    }
  }

  private static Job<? extends Trained<Table, Double>> endless(
      ConfigurableApplicationContext host) {
    Schema schema = Schema.of(Column.number("a"), Column.number("b"));
    List<Row> rows = new ArrayList<>();
    for (int i = 0; i < 200; i++) {
      rows.add(Row.of(schema, i / 200.0, Math.sin(i * 0.7)));
    }
    return host.getBean(Millwright.class)
        .learning()
        .number("b")
        .network(Networks.mlp(8))
        .learning(Learning.adam(1e-3).epochs(10_000_000))
        .train(Table.of(schema, rows));
  }

  @Test
  void healthInfoAndMetricsKnowTheHost() throws IOException, InterruptedException {
    assertThat(get("/actuator/health").at("/components/millwright/details/scheduling").textValue())
        .isEqualTo("runs");
    assertThat(get("/actuator/info").at("/millwright/plugins/scheduling").isArray()).isTrue();
    post(
        "/strength", "application/json", "{\"heat\": 0.5, \"seconds\": 0.4, \"alloy\": \"steel\"}");
    JsonNode inputs = get("/actuator/metrics/millwright.predictions.inputs");
    assertThat(inputs.at("/measurements/0/value").doubleValue()).isPositive();
  }

  @Test
  void aStopDuringATrainingLeavesNoThread() throws InterruptedException {
    Set<Thread> before = Thread.getAllStackTraces().keySet();
    ConfigurableApplicationContext other =
        new SpringApplicationBuilder(Bare.class)
            .web(WebApplicationType.NONE)
            .run("--spring.main.banner-mode=off");
    Job<?> training = endless(other);
    other.close();
    assertThat(training.state()).isEqualTo(Job.State.CANCELLED);
    for (Thread thread : Thread.getAllStackTraces().keySet()) {
      if (!before.contains(thread) && thread.getName().startsWith("millwright")) {
        thread.join(300_000); // it was told to end, and may need a moment
        assertThat(thread.isAlive()).as(thread.getName()).isFalse();
      }
    }
  }

  @EnableAutoConfiguration
  static class Bare {}

  @Test
  void whatIsMissingIsSaidWithTheProperty() {
    assertThatThrownBy(() -> run("--millwright.models.press=press:production"))
        .rootCause()
        .hasMessageContaining("millwright.models.press is press:production")
        .hasMessageContaining("Maybe set millwright.store");
    assertThatThrownBy(() -> run("--millwright.facades=com.example.Kiln"))
        .hasMessageContaining("com.example.Kiln, which is not on the class path");
  }
}
