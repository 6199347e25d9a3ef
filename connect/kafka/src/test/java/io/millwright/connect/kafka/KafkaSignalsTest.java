package io.millwright.connect.kafka;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millwright.connect.SignalFeed;
import io.millwright.connect.SignalReading;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.MockConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.record.TimestampType;
import org.junit.jupiter.api.Test;

/** With the mock of Kafka's own client; the broker is tried in KafkaBrokerTest. */
class KafkaSignalsTest {

  private static final TopicPartition ONE = new TopicPartition("plant", 0);
  private static final TopicPartition TWO = new TopicPartition("plant", 1);

  private static final KafkaPayload TEXT =
      message ->
          List.of(
              SignalReading.good(
                  new String(message.key(), StandardCharsets.UTF_8),
                  Instant.ofEpochMilli(message.timestamp()),
                  Double.parseDouble(new String(message.value(), StandardCharsets.UTF_8))));

  private final List<SignalReading> out = new ArrayList<>();
  private final MockConsumer<byte[], byte[]> consumer = new MockConsumer<>("earliest");
  private final List<Map<TopicPartition, OffsetAndMetadata>> committed = new ArrayList<>();

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private void add(TopicPartition partition, long offset, long time, String value) {
    consumer.addRecord(
        new ConsumerRecord<>(
            partition.topic(),
            partition.partition(),
            offset,
            time,
            TimestampType.CREATE_TIME,
            3,
            3,
            bytes("temp"),
            bytes(value),
            new RecordHeaders(),
            Optional.empty()));
  }

  private void assigned() {
    consumer.rebalance(List.of(ONE, TWO));
    consumer.updateBeginningOffsets(Map.of(ONE, 0L, TWO, 0L));
  }

  @Test
  void recordsComeInOrderAndAreCommittedOnceTheFeedHasThem() {
    SignalFeed feed = SignalFeed.to(out::add).lateness(Duration.ofSeconds(1)).build();
    KafkaSignals signals = KafkaSignals.of(consumer, feed, TEXT);
    consumer.schedulePollTask(
        () -> {
          assigned();
          add(ONE, 0, 100, "1");
          add(ONE, 1, 300, "3");
          add(TWO, 0, 200, "2");
          add(TWO, 1, 250, "hot");
          add(TWO, 2, 300, "3");
        });
    consumer.schedulePollTask(() -> committed.add(consumer.committed(Set.of(ONE, TWO))));
    consumer.schedulePollTask(signals::close);
    signals.run(List.of("plant"));
    feed.close();
    assertThat(out).extracting(SignalReading::value).containsExactly(1.0, 2.0, 3.0);
    assertThat(feed.counts().duplicates()).isEqualTo(1);
    assertThat(signals.messages()).isEqualTo(5);
    assertThat(signals.unreadable()).isEqualTo(1);
    assertThat(committed.get(0).get(ONE).offset()).isEqualTo(2);
    assertThat(committed.get(0).get(TWO).offset()).isEqualTo(3);
    assertThat(consumer.closed()).isTrue();
    signals.close();
  }

  @Test
  void anInterruptCommitsNothingOfWhatIsUnderWay() {
    SignalFeed feed = SignalFeed.to(out::add).capacity(1).on(task -> {}).build();
    KafkaSignals signals = KafkaSignals.of(consumer, feed, TEXT);
    consumer.schedulePollTask(
        () -> {
          assigned();
          add(ONE, 0, 100, "1");
          add(ONE, 1, 300, "3");
          Thread.currentThread().interrupt();
        });
    signals.run(List.of("plant"));
    assertThat(Thread.interrupted()).isTrue();
    assertThat(consumer.closed()).isTrue();
    assertThat(feed.counts().refused()).isEqualTo(1);
  }

  @Test
  void whatTheConsumerThrowsForGoodGoesOut() {
    SignalFeed feed = SignalFeed.to(out::add).build();
    KafkaSignals signals = KafkaSignals.of(consumer, feed, TEXT);
    consumer.setPollException(new KafkaException("no right"));
    assertThatThrownBy(() -> signals.run(List.of("plant"))).hasMessage("no right");
    assertThat(consumer.closed()).isTrue();
  }
}
