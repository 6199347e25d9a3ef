package io.millwright.connect.opcua;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millwright.api.ErrorCode;
import io.millwright.api.MillwrightException;
import io.millwright.connect.SignalFeed;
import io.millwright.connect.SignalQuality;
import io.millwright.connect.SignalReading;
import io.millwright.connect.Wire;
import java.io.IOException;
import java.io.InputStream;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.eclipse.milo.opcua.stack.core.StatusCodes;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Against a real server in this process. */
class OpcUaSignalsTest {

  private static final char[] PASSWORD = "of the key store".toCharArray();

  @TempDir Path folder;
  private final BlockingQueue<SignalReading> out = new LinkedBlockingQueue<>();
  private final Instant start = Instant.now().truncatedTo(ChronoUnit.MILLIS);

  private static int freePort() throws IOException {
    try (ServerSocket free = new ServerSocket(0)) {
      return free.getLocalPort();
    }
  }

  private SignalReading next() throws InterruptedException {
    SignalReading next = out.poll(5, TimeUnit.MINUTES);
    assertThat(next).as("a reading within 5 minutes").isNotNull();
    return next;
  }

  private OpcUaSignals.Builder quick(String address, SignalFeed feed) {
    return OpcUaSignals.builder(address, feed)
        .sampling(Duration.ofMillis(10))
        .publishing(Duration.ofMillis(50))
        .keep(Duration.ofSeconds(10))
        .patience(Duration.ofMinutes(3));
  }

  @Test
  void securedValuesComeWithTimeAndQualityAndOutcomesGoBack() throws Exception {
    SignalFeed feed = SignalFeed.to(out::add).build();
    try (PlantServer server = new PlantServer(freePort(), true, "temp", "outcome")) {
      OpcUaSignals.Builder connection =
          quick(server.address(), feed)
              .keys(folder, PASSWORD)
              .client("line-1")
              .credentials("line1", "secret".getBytes(StandardCharsets.UTF_8))
              .item("nsu=" + PlantServer.SPACE + ";s=temp", "plant/temp");
      // Neither side knows the other yet; an engineer looks at both certificates and moves them.
      assertThatThrownBy(connection::open)
          .isInstanceOfSatisfying(
              MillwrightException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.IO_FAILED))
          .hasMessageContaining("\nMaybe ")
          .hasMessageContaining("rejected");
      trust();
      server.trusted.addTrustedCertificate(certificate(folder.resolve("own.der")));
      try (OpcUaSignals signals = connection.open()) {
        SignalReading first = next();
        // The first value is what the node is now, not when it changed last.
        assertThat(first.value()).isEqualTo(-1);
        assertThat(first.time()).isAfterOrEqualTo(start);
        Instant at = Instant.now().plusMillis(500).truncatedTo(ChronoUnit.MILLIS);
        server.says("temp", 80.5, StatusCodes.Good, at);
        server.says("temp", 81.5, StatusCodes.Uncertain_SensorNotAccurate, at.plusMillis(1));
        server.says("temp", 82.5, StatusCodes.Bad_SensorFailure, at.plusMillis(2));
        server.says("temp", true, StatusCodes.Good, at.plusMillis(3));
        server.says("temp", "hot", StatusCodes.Good, at.plusMillis(4));
        assertThat(next()).isEqualTo(SignalReading.good("plant/temp", at, 80.5));
        assertThat(next().quality()).isEqualTo(SignalQuality.UNCERTAIN);
        assertThat(next().quality()).isEqualTo(SignalQuality.BAD);
        assertThat(next().value()).isEqualTo(1);
        assertThat(next().value()).isNaN();
        assertThat(signals.values()).isEqualTo(6);
        signals.write("nsu=" + PlantServer.SPACE + ";s=outcome", 42.0);
        assertThat(server.valueOf("outcome")).isEqualTo(42.0);
        assertThatThrownBy(() -> signals.write("nsu=urn:nowhere;s=outcome", 1.0))
            .hasMessageContaining("namespace");
        assertThatThrownBy(() -> signals.write("ns=2;s=none", 1.0)).hasMessageContaining("Maybe");
      }
      assertThatThrownBy(connection.credentials("line1", new byte[] {1})::open)
          .isInstanceOf(MillwrightException.class);
    }
    noThreadIsLeft();
  }

  private void trust() throws IOException {
    try (Stream<Path> rejected = Files.list(folder.resolve("rejected"))) {
      for (Path file : rejected.toList()) {
        Files.move(file, folder.resolve("trusted").resolve("certs").resolve(file.getFileName()));
      }
    }
  }

  private static X509Certificate certificate(Path file) throws Exception {
    try (InputStream in = Files.newInputStream(file)) {
      return (X509Certificate) CertificateFactory.getInstance("X.509").generateCertificate(in);
    }
  }

  /** A thread that was told to end may need a moment. */
  private static void noThreadIsLeft() throws InterruptedException {
    for (int i = 0; i < 6_000 && !threads().isEmpty(); i++) {
      Thread.sleep(50);
    }
    assertThat(threads()).isEmpty();
  }

  private static Set<String> threads() {
    return Thread.getAllStackTraces().keySet().stream()
        .filter(Thread::isAlive)
        .map(Thread::getName)
        .filter(name -> name.startsWith("opcua-signals"))
        .collect(Collectors.toSet());
  }

  @Test
  void anUnsafeConnectionMustBeAskedFor() throws Exception {
    SignalFeed feed = SignalFeed.to(out::add).build();
    try (PlantServer open = new PlantServer(freePort(), false, "temp")) {
      assertThatThrownBy(
              quick(open.address(), feed).keys(folder, PASSWORD).item("ns=2;s=temp", "t")::open)
          .hasMessageContaining("no signed and encrypted connection");
      assertThatThrownBy(quick(open.address(), feed).item("ns=2;s=none", "t")::open)
          .hasMessageContaining("ns=2;s=none")
          .hasMessageContaining("Bad_NodeIdUnknown");
      assertThatThrownBy(quick(open.address(), feed).item("temp??;", "t")::open)
          .isInstanceOf(MillwrightException.class);
    }
    assertThatThrownBy(
            quick("opc.tcp://localhost:" + freePort(), feed)
                    .patience(Duration.ofSeconds(2))
                    .item("ns=2;s=temp", "t")
                ::open)
        .isInstanceOf(MillwrightException.class)
        .hasMessageContaining("\nMaybe ");
    noThreadIsLeft();
  }

  @Test
  void nothingIsLostWhenTheConnectionIsCut() throws Exception {
    cut(1);
  }

  @Test
  @Tag("thorough")
  void nothingIsLostInAHundredCuts() throws Exception {
    cut(100);
  }

  private void cut(int times) throws Exception {
    SignalFeed feed = SignalFeed.to(out::add).build();
    int port = freePort();
    List<Double> sent = new ArrayList<>();
    try (PlantServer server = new PlantServer(port, false, "count");
        Wire wire = new Wire(port);
        OpcUaSignals signals =
            quick("opc.tcp://localhost:" + wire.port() + "/plant", feed)
                .item("ns=2;s=count", "count")
                .open()) {
      assertThat(next().value()).isEqualTo(-1);
      for (int k = 0; k < times; k++) {
        for (int n = 0; n < 20; n++) {
          if (n == 10) {
            wire.cut();
          }
          double value = sent.size();
          server.says("count", value, StatusCodes.Good, Instant.now());
          sent.add(value);
          Thread.sleep(2);
        }
        // The next cut comes when all have arrived, over the new connection.
        for (int n = 0; n < 20; n++) {
          SignalReading got = next();
          // The client may suspect a loss where there was none; a loss there must not be.
          while (got.quality() == SignalQuality.STALE) {
            got = next();
          }
          assertThat(got.value()).isEqualTo(sent.get(k * 20 + n));
        }
      }
      assertThat(signals.cuts()).isGreaterThanOrEqualTo(times);
    }
    feed.close();
    assertThat(feed.counts().late()).isZero();
  }

  @Test
  void whatTheServerCouldNotKeepIsFlagged() throws Exception {
    SignalFeed feed = SignalFeed.to(out::add).build();
    int port = freePort();
    try (PlantServer server = new PlantServer(port, false, "count");
        OpcUaSignals signals =
            quick(server.address(), feed)
                .keep(Duration.ofMillis(50))
                .publishing(Duration.ofMillis(200))
                .item("ns=2;s=count", "count")
                .open()) {
      next();
      // Room for five values, and a hundred come before the next publishing.
      Instant at = Instant.now();
      server.says("count", 0.0, StatusCodes.Good, at);
      assertThat(next().value()).isZero();
      for (int n = 1; n <= 100; n++) {
        server.says("count", (double) n, StatusCodes.Good, at.plusMillis(20L * n));
      }
      // On a slow machine a publishing may fall among them, and flag more than one gap.
      List<SignalReading> gaps = new ArrayList<>();
      int came = 0;
      double last = 0;
      while (last < 100) {
        SignalReading reading = next();
        if (reading.quality() == SignalQuality.STALE) {
          gaps.add(reading);
        } else {
          assertThat(reading.value()).isGreaterThan(last);
          last = reading.value();
          came++;
        }
      }
      assertThat(came).isLessThan(100);
      assertThat(gaps).isNotEmpty().allSatisfy(gap -> assertThat(gap.time()).isAfter(at));
      assertThat(signals.lost()).isEqualTo(gaps.size());
    }
  }

  @Test
  @Tag("thorough")
  void aServerThatWasAwayIsFlaggedAndFoundAgain() throws Exception {
    SignalFeed feed = SignalFeed.to(out::add).build();
    int port = freePort();
    PlantServer server = new PlantServer(port, false, "temp");
    try (OpcUaSignals signals =
        quick(server.address(), feed)
            .keep(Duration.ofSeconds(1))
            .item("ns=2;s=temp", "temp")
            .open()) {
      assertThat(next().value()).isEqualTo(-1);
      server.close();
      SignalReading away = next();
      assertThat(away.quality()).isEqualTo(SignalQuality.STALE);
      server = new PlantServer(port, false, "temp");
      // The node has not changed for months, and still its value is there again.
      SignalReading back = next();
      assertThat(back.value()).isEqualTo(-1);
      assertThat(back.time()).isAfter(away.time());
      server.says("temp", 5.0, StatusCodes.Good, Instant.now());
      assertThat(next().value()).isEqualTo(5);
      assertThat(signals.cuts()).isPositive();
    } finally {
      server.close();
    }
  }

  /** Nanoseconds of server, client and feed together. */
  private static long processor() {
    return ProcessHandle.current().info().totalCpuDuration().orElseThrow().toNanos();
  }

  /** A thousand nodes at 10 Hz; the feed bounds what waits, and all of it is there. */
  @Test
  @Tag("thorough")
  void aThousandNodesAtTenHertz() throws Exception {
    String[] names = IntStream.range(0, 1_000).mapToObj(i -> "n" + i).toArray(String[]::new);
    LongAdder sum = new LongAdder();
    SignalFeed feed = SignalFeed.to(r -> sum.increment()).lateness(Duration.ofSeconds(1)).build();
    int rounds = 200;
    try (PlantServer server = new PlantServer(freePort(), false, names)) {
      OpcUaSignals.Builder connection =
          quick(server.address(), feed)
              .sampling(Duration.ofMillis(100))
              .publishing(Duration.ofMillis(500));
      for (String name : names) {
        connection.item("ns=2;s=" + name, name);
      }
      try (OpcUaSignals signals = connection.open()) {
        Instant begin = Instant.now();
        long used = processor();
        for (int k = 1; k <= rounds; k++) {
          Instant due = begin.plusMillis(100L * k);
          Thread.sleep(Math.max(0, Duration.between(Instant.now(), due).toMillis()));
          for (String name : names) {
            server.says(name, (double) k, StatusCodes.Good, due);
          }
        }
        long wanted = 1_000L * (rounds + 1);
        for (int k = 0; k < 6_000 && signals.values() < wanted; k++) {
          Thread.sleep(50);
        }
        assertThat(signals.values()).isEqualTo(wanted);
        assertThat(signals.lost()).isZero();
        double seconds = Duration.between(begin, Instant.now()).toMillis() / 1e3;
        System.out.printf(
            "%d values in %.1f s, %.0f us of a core each in all%n",
            wanted, seconds, (processor() - used) / 1e3 / wanted);
      }
    }
    feed.close();
    assertThat(sum.sum()).isEqualTo(1_000L * (rounds + 1));
  }
}
