package io.millwright.samples.spring;

import io.millwright.api.Millwright;
import io.millwright.api.ModelStore;
import java.io.File;
import java.io.IOException;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;

/**
 * Starts the packaged service and measures it from outside: seconds to the first prediction,
 * requests per second with their latencies and the service's processor time, seconds of a stop
 * during a training. Arguments: the jar or the folder it was unpacked into, the kept bundle of
 * strength, requests per second, seconds, and how many rounds (2).
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
    int rounds = args.length > 4 ? Integer.parseInt(args[4]) : 2;
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
      List<String> command = started(Path.of(args[0]));
      command.addAll(
          List.of(
              "--server.port=" + port,
              "--millwright.store=" + folder.resolve("models"),
              "--millwright.native-cache=" + folder.resolve("natives"),
              "--plant.history=" + folder.resolve("strength.csv"),
              "--plant.retrain=" + retrain));
      Process service =
          new ProcessBuilder(command)
              .redirectErrorStream(true)
              .redirectOutput(folder.resolve("log.txt").toFile())
              .start();
      String first = first(http, request, service);
      System.out.printf(Locale.ROOT, "first prediction after %.2f s: %s%n", seconds(begin), first);
      if (retrain.equals("-")) {
        for (int round = 0; round < rounds; round++) {
          new Load(port, PART, Integer.parseInt(args[2]), Integer.parseInt(args[3])).run(service);
        }
      } else {
        // The training has unpacked its natives and goes on.
        Thread.sleep(20_000);
        new Load(port, PART, 100, 10).run(service);
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

  /** How a packaged service is started, or the folder that it was unpacked into. */
  private static List<String> started(Path service) {
    List<String> command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-Xmx512m"));
    if (Files.isDirectory(service)) {
      Path inside = service.resolve("BOOT-INF");
      command.addAll(
          List.of(
              "-cp",
              inside.resolve("classes") + File.pathSeparator + inside.resolve("lib") + "/*",
              PressService.class.getName()));
    } else {
      command.addAll(List.of("-jar", service.toString()));
    }
    return command;
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
