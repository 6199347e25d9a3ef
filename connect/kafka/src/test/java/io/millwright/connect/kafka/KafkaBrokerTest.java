package io.millwright.connect.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import io.millwright.connect.SignalFeed;
import io.millwright.connect.SignalReading;
import io.millwright.connect.Wire;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Against Kafka's own broker, behind a wire that can be cut. */
class KafkaBrokerTest {

  private static final KafkaPayload TEXT =
      message ->
          List.of(
              SignalReading.good(
                  new String(message.key(), StandardCharsets.UTF_8),
                  Instant.ofEpochMilli(message.timestamp()),
                  Double.parseDouble(new String(message.value(), StandardCharsets.UTF_8))));

  @TempDir static Path folder;
  private static PlantBroker broker;
  private static Wire wire;

  /** A broker forgets what is of long ago. */
  private final long begin = System.currentTimeMillis();

  private final List<SignalReading> out = new ArrayList<>();

  @BeforeAll
  static void starts() throws Exception {
    int port = PlantBroker.free();
    wire = new Wire(port);
    broker = new PlantBroker(folder, port, wire.port());
  }

  @AfterAll
  static void stops() throws Exception {
    broker.close();
    wire.close();
  }

  private static Consumer<byte[], byte[]> consumer(String group) {
    return new KafkaConsumer<>(
        Map.of(
            "bootstrap.servers",
            "localhost:" + wire.port(),
            "group.id",
            group,
            "enable.auto.commit",
            "false",
            "auto.offset.reset",
            "earliest",
            "reconnect.backoff.max.ms",
            "100"),
        new ByteArrayDeserializer(),
        new ByteArrayDeserializer());
  }

  private static Producer<byte[], byte[]> producer() {
    return new KafkaProducer<>(
        Map.of(
            "bootstrap.servers",
            "localhost:" + wire.port(),
            "linger.ms",
            "5",
            // On a partition that has just been made a later batch may overtake the first one.
            "max.in.flight.requests.per.connection",
            "1",
            "reconnect.backoff.max.ms",
            "100"),
        new ByteArraySerializer(),
        new ByteArraySerializer());
  }

  private static byte[] bytes(Object value) {
    return value.toString().getBytes(StandardCharsets.UTF_8);
  }

  /** A reading whose value is its number and grows with its time, of one of three sources. */
  private void send(Producer<byte[], byte[]> producer, String topic, long number) {
    var unused =
        producer.send(
            new ProducerRecord<>(
                topic,
                (int) (number % 3),
                begin + number,
                bytes("source" + number % 3),
                bytes(number)));
  }

  private static void topic(String name) throws Exception {
    try (Admin admin = Admin.create(Map.of("bootstrap.servers", "localhost:" + wire.port()))) {
      admin.createTopics(List.of(new NewTopic(name, 3, (short) 1))).all().get();
    }
  }

  private static Thread running(KafkaSignals signals, String topic) {
    Thread thread = new Thread(() -> signals.run(List.of(topic)), "signals of " + topic);
    thread.start();
    return thread;
  }

  @Test
  void readingsComeInOrderOutcomesGoBackAndASecondStartGoesOn() throws Exception {
    int half = 1_500;
    topic("plant");
    topic("outcomes");
    SignalFeed feed = SignalFeed.to(out::add).lateness(Duration.ofMinutes(1)).build();
    try (Producer<byte[], byte[]> producer = producer()) {
      for (int part = 0; part < 2; part++) {
        CountDownLatch all = new CountDownLatch(half);
        KafkaSignals signals =
            KafkaSignals.of(
                consumer("plant"),
                feed,
                message -> {
                  all.countDown();
                  var unused =
                      producer.send(
                          new ProducerRecord<>("outcomes", message.key(), message.value()));
                  return TEXT.readings(message);
                });
        for (int n = 0; n < half; n++) {
          send(producer, "plant", 1 + part * half + n);
        }
        producer.flush();
        Thread running = running(signals, "plant");
        assertThat(all.await(10, TimeUnit.MINUTES)).as("%s are missing", all.getCount()).isTrue();
        signals.close();
        running.join();
        // What the first run has committed does not come again.
        assertThat(signals.messages()).isEqualTo(half);
        assertThat(signals.unreadable()).isZero();
      }
      producer.flush();
    }
    feed.close();
    assertThat(out)
        .extracting(SignalReading::value)
        .hasSize(2 * half)
        .isSorted()
        .doesNotHaveDuplicates();
    assertThat(feed.counts().late()).isZero();
    Set<String> back = new HashSet<>();
    try (Consumer<byte[], byte[]> reader = consumer("who reads outcomes")) {
      reader.subscribe(List.of("outcomes"));
      for (int tries = 0; back.size() < 2 * half && tries < 60; tries++) {
        ConsumerRecords<byte[], byte[]> records = reader.poll(Duration.ofSeconds(1));
        for (ConsumerRecord<byte[], byte[]> record : records) {
          back.add(new String(record.value(), StandardCharsets.UTF_8));
        }
      }
    }
    assertThat(back).hasSize(2 * half);
  }

  @Test
  void nothingIsLostWhenTheConnectionIsCut() throws Exception {
    cut(3, 100);
  }

  @Test
  @Tag("thorough")
  void nothingIsLostInAHundredCuts() throws Exception {
    cut(100, 100);
  }

  /** Readings that are sent while all connections to the broker are cut again and again. */
  private void cut(int times, int each) throws Exception {
    String topic = "cut" + times;
    topic(topic);
    SignalFeed feed = SignalFeed.to(out::add).lateness(Duration.ofMinutes(1)).build();
    BlockingQueue<Long> arrived = new LinkedBlockingQueue<>();
    KafkaSignals signals =
        KafkaSignals.of(
            consumer(topic),
            feed,
            message -> {
              arrived.add(message.timestamp() - begin);
              return TEXT.readings(message);
            });
    Set<Long> seen = new HashSet<>();
    long sent = 0;
    Thread running = running(signals, topic);
    try (Producer<byte[], byte[]> producer = producer()) {
      for (int k = 0; k < times; k++) {
        for (int n = 0; n < each; n++) {
          if (n == each / 2) {
            wire.cut();
          }
          send(producer, topic, ++sent);
        }
        // The next cut comes when all have arrived, over new connections.
        while (seen.size() < sent) {
          Long number = arrived.poll(10, TimeUnit.MINUTES);
          assertThat(number).as("one of the %s that were sent", sent).isNotNull();
          seen.add(number);
        }
      }
    } finally {
      signals.close();
      running.join();
    }
    feed.close();
    assertThat(out)
        .hasSize(times * each)
        .isSortedAccordingTo(Comparator.comparing(SignalReading::time));
    assertThat(feed.counts().late()).isZero();
  }

  /** Says how many records a second pass; how many should hangs on the machine. */
  @Test
  @Tag("thorough")
  void manyRecordsPassInOrder() throws Exception {
    int many = 1_000_000;
    topic("many");
    CountDownLatch all = new CountDownLatch(many);
    SignalFeed feed =
        SignalFeed.to(reading -> all.countDown())
            .lateness(Duration.ofMinutes(1))
            .capacity(100_000)
            .build();
    KafkaSignals signals = KafkaSignals.of(consumer("many"), feed, TEXT);
    try (Producer<byte[], byte[]> producer = producer()) {
      for (long n = 1; n <= many; n++) {
        send(producer, "many", n);
      }
    }
    long begun = System.nanoTime();
    Thread running = running(signals, "many");
    while (signals.messages() < many) {
      running.join(10);
    }
    signals.close();
    running.join();
    feed.close();
    System.out.printf("%.0f records a second%n", many * 1e9 / (System.nanoTime() - begun));
    assertThat(all.getCount()).isEqualTo(feed.counts().late());
  }
}
