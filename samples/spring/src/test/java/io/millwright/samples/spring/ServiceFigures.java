package io.millwright.samples.spring;

import io.millwright.api.Millwright;
import io.millwright.api.ModelStore;
import java.io.IOException;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.SplittableRandom;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Starts the packaged service and measures it from outside: seconds to the first prediction,
 * requests per second with their latencies, seconds of a stop during a training. Arguments: the
 * jar, the kept bundle of strength, requests per second, seconds.
 */
final class ServiceFigures {

  private static final String PART = "[{\"heat\": 0.5, \"seconds\": 0.4, \"alloy\": \"steel\"}]";

  private ServiceFigures() {}

  public static void main(String[] args) throws Exception {
    Path folder = Files.createTempDirectory("service");
    try (Millwright millwright = Millwright.create()) {
      ModelStore store = millwright.store(folder.resolve("models"));
      store.put("strength", Path.of(args[1]));
      store.promote("production", "strength:1", ModelStore.Note.by("figures", "first"));
    }
    history(folder.resolve("strength.csv"));
    int port;
    try (ServerSocket free = new ServerSocket(0)) {
      port = free.getLocalPort();
    }
    HttpClient http = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    HttpRequest request =
        HttpRequest.newBuilder(URI.create("http://localhost:" + port + "/strength"))
            .header("Content-Type", "application/json")
            .POST(HttpRequest.BodyPublishers.ofString(PART))
            .build();
    for (String retrain : List.of("-", "* * * * * *")) {
      long begin = System.nanoTime();
      Process service =
          new ProcessBuilder(
                  Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                  "-Xmx512m",
                  "-jar",
                  args[0],
                  "--server.port=" + port,
                  "--millwright.store=" + folder.resolve("models"),
                  "--millwright.native-cache=" + folder.resolve("natives"),
                  "--plant.history=" + folder.resolve("strength.csv"),
                  "--plant.retrain=" + retrain)
              .redirectErrorStream(true)
              .redirectOutput(folder.resolve("log.txt").toFile())
              .start();
      String first = first(http, request, service);
      System.out.printf(Locale.ROOT, "first prediction after %.2f s: %s%n", seconds(begin), first);
      if (retrain.equals("-")) {
        load(http, request, Integer.parseInt(args[2]), Integer.parseInt(args[3]));
      } else {
        // The training has unpacked its natives and goes on.
        Thread.sleep(20_000);
        load(http, request, 100, 10);
      }
      long stop = System.nanoTime();
      service.destroy();
      boolean ended = service.waitFor(10, TimeUnit.MINUTES);
      System.out.printf(
          Locale.ROOT,
          "stopped %s in %.2f s with exit code %d%n",
          ended,
          seconds(stop),
          service.exitValue());
    }
    System.out.println(
        Files.readString(folder.resolve("log.txt")).lines().count()
            + " lines in "
            + folder.resolve("log.txt"));
  }

  private static double seconds(long since) {
    return (System.nanoTime() - since) / 1e9;
  }

  private static String first(HttpClient http, HttpRequest request, Process service)
      throws InterruptedException {
    while (service.isAlive()) {
      try {
        HttpResponse<String> response = http.send(request, HttpResponse.BodyHandlers.ofString());
        if (response.statusCode() == 200) {
          return response.body();
        }
      } catch (IOException e) {
        Thread.sleep(10);
      }
    }
    throw new IllegalStateException("the service ended with " + service.exitValue());
  }

  /**
   * Sends by the clock, whether or not the answers keep pace; latency counts from when it was due.
   */
  private static void load(HttpClient http, HttpRequest request, int rate, int seconds)
      throws InterruptedException {
    for (int round = 0; round < 2; round++) {
      int count = rate * seconds;
      double[] millis = new double[count];
      CountDownLatch open = new CountDownLatch(count);
      AtomicInteger failed = new AtomicInteger();
      long begin = System.nanoTime();
      for (int i = 0; i < count; i++) {
        long due = begin + i * 1_000_000_000L / rate;
        while (System.nanoTime() < due) {
          Thread.sleep(0, 200_000);
        }
        int at = i;
        var unused =
            http.sendAsync(request, HttpResponse.BodyHandlers.ofString())
                .whenComplete(
                    (response, e) -> {
                      millis[at] = (System.nanoTime() - due) / 1e6;
                      if (e != null || response.statusCode() != 200) {
                        failed.incrementAndGet();
                      }
                      open.countDown();
                    });
      }
      open.await();
      double took = seconds(begin);
      Arrays.sort(millis);
      System.out.printf(
          Locale.ROOT,
          "round %d: %d requests, %.0f a second, p50 %.1f ms, p99 %.1f ms, longest %.1f ms, failed"
              + " %d%n",
          round + 1,
          count,
          count / took,
          millis[count / 2],
          millis[count * 99 / 100],
          millis[count - 1],
          failed.get());
    }
  }

  private static void history(Path file) throws IOException {
    StringBuilder csv = new StringBuilder("heat,seconds,alloy,strength\n");
    SplittableRandom random = new SplittableRandom(5);
    for (int i = 0; i < 3000; i++) {
      double heat = random.nextDouble();
      double seconds = random.nextDouble();
      csv.append(
          String.format(
              Locale.ROOT,
              "%.4f,%.4f,%s,%.4f%n",
              heat,
              seconds,
              i % 2 == 0 ? "steel" : "brass",
              500 + 10 * heat * seconds));
    }
    Files.writeString(file, csv);
  }
}
