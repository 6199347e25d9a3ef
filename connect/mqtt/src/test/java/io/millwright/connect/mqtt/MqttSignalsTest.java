package io.millwright.connect.mqtt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.hivemq.client.mqtt.MqttGlobalPublishFilter;
import com.hivemq.client.mqtt.datatypes.MqttQos;
import com.hivemq.client.mqtt.mqtt3.Mqtt3BlockingClient;
import com.hivemq.client.mqtt.mqtt3.Mqtt3Client;
import com.hivemq.client.mqtt.mqtt3.message.publish.Mqtt3Publish;
import io.millwright.api.ErrorCode;
import io.millwright.api.MillwrightException;
import io.millwright.connect.SignalFeed;
import io.millwright.connect.SignalQuality;
import io.millwright.connect.SignalReading;
import io.millwright.connect.Wire;
import io.moquette.broker.Server;
import io.moquette.broker.config.MemoryConfig;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.OutputStream;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Properties;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Against a real broker in this process. */
class MqttSignalsTest {

  private static final int SILENCE_SECONDS = 20;

  private static final Server BROKER = new Server();
  private static int port;

  private final BlockingQueue<SignalReading> out = new LinkedBlockingQueue<>();

  @BeforeAll
  static void starts() throws IOException {
    try (ServerSocket free = new ServerSocket(0)) {
      port = free.getLocalPort();
    }
    Properties properties = new Properties();
    properties.setProperty("port", Integer.toString(port));
    properties.setProperty("host", "localhost");
    properties.setProperty("allow_anonymous", "true");
    properties.setProperty("persistence_enabled", "false");
    properties.setProperty("telemetry_enabled", "false");
    BROKER.startServer(new MemoryConfig(properties));
  }

  @AfterAll
  static void stops() {
    BROKER.stopServer();
  }

  private SignalReading next() throws InterruptedException {
    SignalReading next = out.poll(5, TimeUnit.MINUTES);
    assertThat(next).as("a reading within 5 minutes").isNotNull();
    return next;
  }

  private static Mqtt3BlockingClient client(String id) {
    Mqtt3BlockingClient client =
        Mqtt3Client.builder()
            .identifier(id)
            .serverHost("localhost")
            .serverPort(port)
            .buildBlocking();
    client.connect();
    return client;
  }

  private static void send(Mqtt3BlockingClient client, String topic, byte[] payload) {
    client.publishWith().topic(topic).qos(MqttQos.AT_LEAST_ONCE).payload(payload).send();
  }

  @Test
  void numbersComeInAndOutcomesGoOut() throws InterruptedException {
    SignalFeed feed = SignalFeed.to(out::add).build();
    Mqtt3BlockingClient plant = client("plant");
    try (MqttSignals signals =
            MqttSignals.builder("localhost", port, feed)
                .client("numbers")
                .topic("plant/+/temp", MqttPayload.number())
                .open();
        Mqtt3BlockingClient.Mqtt3Publishes back = plant.publishes(MqttGlobalPublishFilter.ALL)) {
      plant.subscribeWith().topicFilter("outcomes/#").send();
      send(plant, "plant/p1/temp", "80.5".getBytes(StandardCharsets.UTF_8));
      send(plant, "plant/p1/temp", "hot".getBytes(StandardCharsets.UTF_8));
      send(plant, "plant/p1/other/temp", "1".getBytes(StandardCharsets.UTF_8));
      send(plant, "plant/p2/temp", " -1e3 ".getBytes(StandardCharsets.UTF_8));
      assertThat(next().value()).isEqualTo(80.5);
      SignalReading second = next();
      assertThat(second.source()).isEqualTo("plant/p2/temp");
      assertThat(second.value()).isEqualTo(-1000);
      assertThat(signals.messages()).isEqualTo(3);
      assertThat(signals.unreadable()).isEqualTo(1);
      signals.publish("outcomes/p1", "{\"life\": 42}");
      Mqtt3Publish got = back.receive();
      assertThat(new String(got.getPayloadAsBytes(), StandardCharsets.UTF_8))
          .isEqualTo("{\"life\": 42}");
    }
    plant.disconnect();
  }

  /** An edge node in raw MQTT, whose connection breaks so that the broker sends its will. */
  private static Socket edge(byte[] will) throws IOException {
    byte[] topic = "spBv1.0/G/NDEATH/E".getBytes(StandardCharsets.UTF_8);
    byte[] id = "edge".getBytes(StandardCharsets.UTF_8);
    ByteBuffer body = ByteBuffer.allocate(200);
    body.putShort((short) 4).put("MQTT".getBytes(StandardCharsets.UTF_8));
    // MQTT 3.1.1, clean session, a will of quality of service 1.
    body.put((byte) 4).put((byte) 0b1110).putShort((short) 60);
    body.putShort((short) id.length).put(id);
    body.putShort((short) topic.length).put(topic);
    body.putShort((short) will.length).put(will);
    Socket socket = new Socket("localhost", port);
    OutputStream to = socket.getOutputStream();
    to.write(new byte[] {0x10, (byte) body.position()});
    to.write(body.array(), 0, body.position());
    to.flush();
    assertThat(socket.getInputStream().readNBytes(4)).startsWith(0x20, 2);
    return socket;
  }

  @Test
  void aNodeThatDiesMakesItsReadingsStale() throws Exception {
    SignalFeed feed = SignalFeed.to(out::add).build();
    Mqtt3BlockingClient plant = client("host");
    byte[] will = Payloads.payload(1, -1).metric("bdSeq", -1, -1, 8, 1).toBytes();
    try (MqttSignals signals =
        MqttSignals.builder("localhost", port, feed)
            .client("sparkplug")
            .topic(Sparkplug.TOPICS, Sparkplug.decoder(n -> {}))
            .open()) {
      long now = Instant.now().toEpochMilli() - 1_000;
      try (Socket edge = edge(will)) {
        send(
            plant,
            "spBv1.0/G/NBIRTH/E",
            Payloads.payload(now, 0)
                .metric("bdSeq", -1, -1, 8, 1)
                .metric("temp", 1, -1, 10, 80.5)
                .toBytes());
        send(
            plant,
            "spBv1.0/G/NDATA/E",
            Payloads.payload(now + 10, 1).metric(null, 1, -1, 10, 81.5).toBytes());
        assertThat(next())
            .isEqualTo(SignalReading.good("G/E/temp", Instant.ofEpochMilli(now), 80.5));
        assertThat(next().value()).isEqualTo(81.5);
        edge.setSoLinger(true, 0);
      }
      SignalReading dead = next();
      assertThat(dead.source()).isEqualTo("G/E/temp");
      assertThat(dead.quality()).isEqualTo(SignalQuality.STALE);
      assertThat(signals.unreadable()).isZero();
    }
    plant.disconnect();
  }

  @Test
  void nothingIsLostWhenTheConnectionIsCut() throws Exception {
    cut(1, 20, true);
  }

  @Test
  @Tag("thorough")
  void nothingIsLostInAHundredCuts() throws Exception {
    cut(100, 20, false);
  }

  /**
   * Readings that carry their time, sent while the way to the broker is cut again and again. What
   * was under way comes again, after newer ones perhaps: the feed puts it in its place.
   *
   * @param settled whether a cut comes when nothing is under way: the broker keeps what comes then,
   *     while on a slow machine it sometimes forgets to send anew what was on its way
   */
  private void cut(int times, int each, boolean settled) throws Exception {
    SignalFeed feed = SignalFeed.to(out::add).lateness(Duration.ofMinutes(1)).build();
    Mqtt3BlockingClient plant = client("cutting" + times);
    BlockingQueue<Long> arrived = new LinkedBlockingQueue<>();
    MqttPayload timed =
        (topic, payload, received) -> {
          long number = Long.parseLong(new String(payload, StandardCharsets.UTF_8));
          arrived.add(number);
          return List.of(SignalReading.good(topic, Instant.ofEpochMilli(number), (double) number));
        };
    Set<Long> seen = new HashSet<>();
    try (Wire wire = new Wire(port);
        MqttSignals signals =
            MqttSignals.builder("localhost", wire.port(), feed)
                .client("cut" + times)
                .topic("cut" + times, timed)
                .open()) {
      long sent = 0;
      int silences = 0;
      for (int k = 0; k < times; k++) {
        for (int n = 0; n < each; n++) {
          if (n == each / 2) {
            while (settled && seen.size() < sent) {
              seen.add(Objects.requireNonNull(arrived.poll(300, TimeUnit.SECONDS)));
            }
            wire.cut();
          }
          send(plant, "cut" + times, Long.toString(++sent).getBytes(StandardCharsets.UTF_8));
        }
        // The next cut comes when all have arrived, over the new connection.
        while (seen.size() < sent) {
          Long number = arrived.poll(SILENCE_SECONDS, TimeUnit.SECONDS);
          if (number != null) {
            seen.add(number);
          } else {
            // This broker may see the end of the old connection after the beginning of the new one,
            // and then keeps what was under way until the next.
            assertThat(++silences).as("%s of %s came", seen.size(), sent).isLessThan(20);
            wire.cut();
          }
        }
      }
      assertThat(signals.cuts()).isGreaterThanOrEqualTo(times);
    }
    plant.disconnect();
    feed.close();
    assertThat(List.copyOf(out))
        .hasSize(times * each)
        .isSortedAccordingTo(Comparator.comparing(SignalReading::time));
    assertThat(feed.counts().late()).isZero();
  }

  /** A program that ends its connection, after two lost ones if the broker is away. */
  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void aProgramEndsWhenItHasClosed(boolean away) throws Exception {
    try (Wire wire = new Wire(port)) {
      List<String> command =
          new ArrayList<>(
              List.of(
                  Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                  "-cp",
                  System.getProperty("java.class.path"),
                  MqttEnd.class.getName(),
                  Integer.toString(wire.port())));
      if (away) {
        command.add("2");
      }
      Process program =
          new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.DISCARD).start();
      try (BufferedReader says = program.inputReader()) {
        assertThat(says.readLine()).isEqualTo("open");
        if (away) {
          wire.close();
        }
        program.getOutputStream().write('\n');
        program.getOutputStream().flush();
        assertThat(program.waitFor(300, TimeUnit.SECONDS)).as("has ended").isTrue();
        assertThat(program.exitValue()).isZero();
      } finally {
        program.destroyForcibly();
      }
    }
  }

  @Test
  void noBrokerIsSaid() {
    SignalFeed feed = SignalFeed.to(out::add).build();
    assertThatThrownBy(
            () ->
                MqttSignals.builder("no-such-host.invalid", 1, feed)
                    .patience(Duration.ofMillis(300))
                    .topic("t", MqttPayload.number())
                    .open())
        .isInstanceOfSatisfying(
            MillwrightException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.IO_FAILED))
        .hasMessageContaining("\nMaybe ");
  }

  @ParameterizedTest
  @CsvSource({
    "a/+/c, a/b/c, true",
    "a/+/c, a/b/d, false",
    "a/#, a/b/c, true",
    "a/#, a, true",
    "#, x/y, true",
    "a/+, a/b/c, false",
    "a/b/c, a/b, false",
    "+, /, false"
  })
  void filtersAreThoseOfMqtt(String filter, String topic, boolean matches) {
    assertThat(MqttSignals.matches(filter, topic)).isEqualTo(matches);
  }

  /** Nanoseconds of publisher, broker, client and feed together. */
  private static long processor() {
    return ProcessHandle.current().info().totalCpuDuration().orElseThrow().toNanos();
  }

  /** Says how many messages a second pass; how many should hangs on the machine. */
  @Test
  @Tag("thorough")
  void manyMessagesPassInOrderAndNoneIsLost() throws Exception {
    int many = 100_000;
    CountDownLatch all = new CountDownLatch(many);
    Set<Long> seen = ConcurrentHashMap.newKeySet();
    // A broker may hand a message on before an older one: the lateness puts it back.
    SignalFeed feed =
        SignalFeed.to(out::add).lateness(Duration.ofSeconds(5)).capacity(20_000).build();
    MqttPayload timed =
        (topic, payload, received) -> {
          long number = Long.parseLong(new String(payload, StandardCharsets.UTF_8));
          if (seen.add(number)) {
            all.countDown();
          }
          return List.of(SignalReading.good(topic, Instant.ofEpochMilli(number), (double) number));
        };
    Mqtt3BlockingClient plant = client("plant of many");
    Semaphore open = new Semaphore(200);
    List<CompletableFuture<?>> sent = new ArrayList<>();
    try (MqttSignals signals =
        MqttSignals.builder("localhost", port, feed).client("many").topic("many", timed).open()) {
      long begun = System.nanoTime();
      long used = processor();
      for (int k = 0; k < many; k++) {
        open.acquire();
        sent.add(
            plant
                .toAsync()
                .publishWith()
                .topic("many")
                .qos(MqttQos.AT_LEAST_ONCE)
                .payload(Integer.toString(k).getBytes(StandardCharsets.UTF_8))
                .send()
                .whenComplete((result, failed) -> open.release()));
      }
      for (CompletableFuture<?> one : sent) {
        one.get(10, TimeUnit.MINUTES);
      }
      assertThat(all.await(30, TimeUnit.MINUTES)).as("%s are missing", all.getCount()).isTrue();
      System.out.printf(
          "%.0f messages a second, %.0f us of a core each in all%n",
          many * 1e9 / (System.nanoTime() - begun), (processor() - used) / 1e3 / many);
    }
    plant.disconnect();
    feed.close();
    assertThat(List.copyOf(out))
        .hasSize(many)
        .isSortedAccordingTo(Comparator.comparing(SignalReading::time));
    assertThat(feed.counts().late()).isZero();
  }
}
