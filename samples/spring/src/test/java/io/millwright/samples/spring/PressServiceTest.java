package io.millwright.samples.spring;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.millwright.api.Job;
import io.millwright.api.Millwright;
import io.millwright.api.ModelStore;
import io.millwright.api.data.Column;
import io.millwright.api.data.Row;
import io.millwright.api.data.Schema;
import io.millwright.api.data.Table;
import io.millwright.api.learn.Learning;
import io.millwright.api.learn.Networks;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.web.servlet.mvc.method.annotation.SseEmitter;

/** The service as it starts, asked over HTTP. */
class PressServiceTest {

  private static final String PART = "{\"heat\": 0.5, \"seconds\": 0.4, \"alloy\": \"steel\"}";
  private static final String SHOP =
      "{\"machines\": [{\"id\": \"saw\"}], \"jobs\": [{\"id\": \"A\", \"due\": 9, \"operations\":"
          + " [{\"id\": \"1\", \"alternatives\": [{\"machine\": \"saw\", \"duration\": 3}]}]}]}";

  @TempDir Path folder;
  private final ObjectMapper json = new ObjectMapper();
  private final HttpClient http = HttpClient.newHttpClient();
  private ConfigurableApplicationContext context;
  private String address = "";

  @BeforeEach
  void start() {
    Path kept = Path.of("../app/src/test/resources/kept/0.1.0/strength.mwb");
    try (Millwright millwright = Millwright.create()) {
      ModelStore store = millwright.store(folder.resolve("models"));
      store.put("strength", kept);
      store.promote("production", "strength:1", ModelStore.Note.by("ann", "first"));
    }
    context =
        new SpringApplicationBuilder(PressService.class)
            .run(
                "--server.port=0",
                "--spring.main.banner-mode=off",
                "--millwright.store=" + folder.resolve("models"),
                "--plant.history=" + folder.resolve("strength.csv"));
    address = "http://localhost:" + context.getEnvironment().getProperty("local.server.port");
  }

  @AfterEach
  void stop() {
    context.close();
  }

  private HttpResponse<String> send(String method, String path, String type, String body)
      throws IOException, InterruptedException {
    return http.send(
        HttpRequest.newBuilder(URI.create(address + path))
            .header("Content-Type", type)
            .method(method, HttpRequest.BodyPublishers.ofString(body))
            .build(),
        HttpResponse.BodyHandlers.ofString());
  }

  @Test
  void anOutcomeIsJsonAndWhatDoesNotFitIsSaid() throws Exception {
    JsonNode answer =
        json.readTree(send("POST", "/strength", "application/json", "[" + PART + "]").body());
    assertThat(answer.at("/0/interval/low").doubleValue())
        .isLessThan(answer.at("/0/value").doubleValue());
    assertThat(answer.at("/0/flags").isArray()).isTrue();
    HttpResponse<String> wrong =
        send("POST", "/strength", "application/json", "[{\"heat\": \"hot\"}]");
    assertThat(wrong.statusCode()).isEqualTo(400);
    assertThat(wrong.body()).contains("heat");
  }

  @Test
  void aPlanIsWatchedToItsEndAndFetched() throws Exception {
    HttpResponse<String> asked = send("POST", "/plans?seconds=1", "text/plain", SHOP);
    assertThat(asked.statusCode()).isEqualTo(202);
    String plan = asked.headers().firstValue("Location").orElseThrow();
    String events = send("GET", plan + "/progress", "text/plain", "").body();
    assertThat(events).contains("event:end").containsAnyOf("OPTIMAL", "FEASIBLE");
    assertThat(send("GET", plan, "text/plain", "").body()).contains("\"saw\"");
    assertThat(send("GET", "/plans/none", "text/plain", "").statusCode()).isEqualTo(404);
    assertThat(send("POST", "/plans", "text/plain", "{}").statusCode()).isEqualTo(400);
  }

  @Test
  void aStreamEndsOnlyWhenNobodyWritesToIt() throws Exception {
    List<String> done = Collections.synchronizedList(new ArrayList<>());
    CountDownLatch writing = new CountDownLatch(1);
    CountDownLatch go = new CountDownLatch(1);
    PlanController.Watcher watcher =
        new PlanController.Watcher(
            new SseEmitter() {
              @Override
              public void send(SseEventBuilder event) {
                writing.countDown();
                try {
                  go.await();
                } catch (InterruptedException e) {
                  Thread.currentThread().interrupt();
                }
                done.add("sent");
              }

              @Override
              public void complete() {
                done.add("complete");
              }
            });
    Thread first = new Thread(() -> watcher.send("progress", Map.of()));
    first.start();
    writing.await();
    Thread last = new Thread(() -> watcher.end(Map.of()));
    last.start();
    while (last.getState() != Thread.State.BLOCKED && last.getState() != Thread.State.TERMINATED) {
      Thread.sleep(1);
    }
    go.countDown();
    first.join();
    last.join();
    watcher.send("progress", Map.of());
    assertThat(done).containsExactly("sent", "sent", "complete");
  }

  @Test
  void manyWatchersOfManyPlansAllSeeTheEnd() throws Exception {
    for (int plan = 0; plan < 20; plan++) {
      String asked =
          send("POST", "/plans?seconds=1", "text/plain", shop(3, 3))
              .headers()
              .firstValue("Location")
              .orElseThrow();
      List<CompletableFuture<HttpResponse<String>>> watchers = new ArrayList<>();
      for (int watcher = 0; watcher < 20; watcher++) {
        watchers.add(
            http.sendAsync(
                HttpRequest.newBuilder(URI.create(address + asked + "/progress")).build(),
                HttpResponse.BodyHandlers.ofString()));
      }
      for (CompletableFuture<HttpResponse<String>> watcher : watchers) {
        assertThat(watcher.get().body()).containsOnlyOnce("event:end");
      }
    }
  }

  @Test
  void aPlanIsCancelledWhileItIsWatched() throws Exception {
    String plan =
        send("POST", "/plans?seconds=600", "text/plain", shop(40, 10))
            .headers()
            .firstValue("Location")
            .orElseThrow();
    HttpResponse<InputStream> events =
        http.send(
            HttpRequest.newBuilder(URI.create(address + plan + "/progress")).build(),
            HttpResponse.BodyHandlers.ofInputStream());
    assertThat(send("DELETE", plan, "text/plain", "").statusCode()).isEqualTo(204);
    String seen = new String(events.body().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(seen).contains("event:end");
  }

  private static String shop(int jobs, int machines) {
    SplittableRandom random = new SplittableRandom(3);
    StringBuilder text = new StringBuilder("{\"machines\": [");
    for (int m = 0; m < machines; m++) {
      text.append(m == 0 ? "" : ", ").append("{\"id\": \"m" + m + "\"}");
    }
    text.append("], \"jobs\": [");
    for (int j = 0; j < jobs; j++) {
      text.append(j == 0 ? "" : ", ")
          .append("{\"id\": \"j" + j + "\", \"due\": 100, \"operations\": [");
      for (int o = 0; o < machines; o++) {
        text.append(o == 0 ? "" : ", ")
            .append("{\"id\": \"" + o + "\", \"alternatives\": [{\"machine\": \"m")
            .append((o + j) % machines)
            .append("\", \"duration\": ")
            .append(random.nextInt(1, 30))
            .append("}]}");
      }
      text.append("]}");
    }
    return text.append("]}").toString();
  }

  @Test
  void theNightLearnsAnewAndTheServiceFollows() throws Exception {
    StringBuilder csv = new StringBuilder("heat,seconds,alloy,strength\n");
    SplittableRandom random = new SplittableRandom(5);
    // The press was rebuilt: strength is another thing than the kept model has learnt.
    for (int i = 0; i < 300; i++) {
      double heat = random.nextDouble();
      double seconds = random.nextDouble();
      csv.append(
          String.format(
              Locale.ROOT,
              "%.4f,%.4f,%s,%.4f%n",
              heat,
              seconds,
              i % 2 == 0 ? "steel" : "brass",
              500 + 10 * heat - 5 * seconds));
    }
    Files.writeString(folder.resolve("strength.csv"), csv);
    context.getBean(Retraining.class).retrain();
    // The predictor looks at the store now and then, and swaps between two answers.
    long until = System.nanoTime() + Duration.ofMinutes(10).toNanos();
    JsonNode answer;
    do {
      Thread.sleep(50);
      answer =
          json.readTree(send("POST", "/strength", "application/json", "[" + PART + "]").body());
    } while (answer.at("/0/value").doubleValue() < 400 && System.nanoTime() < until);
    assertThat(answer.at("/0/value").doubleValue()).isBetween(495.0, 510.0);
    assertThat(answer.at("/0/model/version").intValue()).isPositive();
    assertThat(context.getBean(ModelStore.class).list()).hasSize(2);
  }

  @Test
  void aPlanDoesNotWaitForATrainingAndAStopLeavesNoThread() throws Exception {
    Set<Thread> before = Thread.getAllStackTraces().keySet();
    Schema schema = Schema.of(Column.number("a"), Column.number("b"));
    List<Row> rows = new ArrayList<>();
    for (int i = 0; i < 200; i++) {
      rows.add(Row.of(schema, i / 200.0, Math.sin(i * 0.7)));
    }
    Job<?> training =
        context
            .getBean(Millwright.class)
            .learning()
            .number("b")
            .network(Networks.mlp(8))
            .learning(Learning.adam(1e-3).epochs(10_000_000))
            .train(Table.of(schema, rows));
    aPlanIsWatchedToItsEndAndFetched();
    assertThat(training.state()).isIn(Job.State.QUEUED, Job.State.RUNNING);
    context.close();
    assertThat(training.state()).isEqualTo(Job.State.CANCELLED);
    assertThat(Thread.getAllStackTraces().keySet())
        .filteredOn(t -> t.isAlive() && !before.contains(t))
        .noneMatch(
            t -> t.getName().startsWith("millwright") || t.getName().startsWith("plan-events"));
  }
}
