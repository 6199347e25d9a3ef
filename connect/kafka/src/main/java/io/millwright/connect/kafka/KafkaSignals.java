package io.millwright.connect.kafka;

import io.millwright.connect.SignalFeed;
import io.millwright.connect.SignalReading;
import java.time.Duration;
import java.util.Collection;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.common.errors.WakeupException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Hands the records of Kafka topics to a feed (Apache Kafka consumer, at least once): positions are
 * committed once the feed has all records of a poll, so that what was under way in a crash comes
 * again, which the feed leaves out when it carries its time. A feed without room holds polling
 * back; {@code max.poll.interval.ms} of the consumer must be longer than that may take. Records of
 * one partition keep their order, those of several come in any: give the feed a lateness.
 */
public final class KafkaSignals implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(KafkaSignals.class);
  private static final Duration PATIENCE = Duration.ofSeconds(1);

  private final Consumer<byte[], byte[]> consumer;
  private final SignalFeed feed;
  private final KafkaPayload payload;
  private final AtomicBoolean closed = new AtomicBoolean();
  private final AtomicLong messages = new AtomicLong();
  private final AtomicLong unreadable = new AtomicLong();

  private KafkaSignals(Consumer<byte[], byte[]> consumer, SignalFeed feed, KafkaPayload payload) {
    this.consumer = Objects.requireNonNull(consumer, "consumer");
    this.feed = Objects.requireNonNull(feed, "feed");
    this.payload = Objects.requireNonNull(payload, "payload");
  }

  /**
   * Joins a consumer to a feed.
   *
   * @param consumer the host's, with {@code enable.auto.commit=false}; used by the thread that
   *     calls {@link #run} alone, and closed by it
   * @param feed takes the readings
   * @param payload how records are read
   * @return what runs
   */
  public static KafkaSignals of(
      Consumer<byte[], byte[]> consumer, SignalFeed feed, KafkaPayload payload) {
    return new KafkaSignals(consumer, feed, payload);
  }

  /**
   * Subscribes and hands records on until this is closed or the thread interrupted; then closes the
   * consumer.
   *
   * @param topics the topics
   * @throws org.apache.kafka.common.KafkaException what the consumer throws for good: no right, or
   *     a broker of another protocol
   */
  public void run(Collection<String> topics) {
    try (consumer) {
      consumer.subscribe(topics);
      while (!closed.get()) {
        ConsumerRecords<byte[], byte[]> records = consumer.poll(PATIENCE);
        for (ConsumerRecord<byte[], byte[]> message : records) {
          take(message);
        }
        if (!records.isEmpty()) {
          consumer.commitSync();
        }
      }
    } catch (WakeupException e) {
      if (!closed.get()) {
        throw e;
      }
    } catch (InterruptedException e) {
      // What is not committed comes again.
      Thread.currentThread().interrupt();
    }
  }

  private void take(ConsumerRecord<byte[], byte[]> message) throws InterruptedException {
    messages.incrementAndGet();
    Iterable<SignalReading> readings;
    try {
      readings = payload.readings(message);
    } catch (RuntimeException e) {
      unreadable.incrementAndGet();
      LOG.debug("a record of {} is not readable", message.topic(), e);
      return;
    }
    for (SignalReading reading : readings) {
      feed.offer(reading);
    }
  }

  /** {@return how many records came} */
  public long messages() {
    return messages.get();
  }

  /** {@return how many records the payload could not read} */
  public long unreadable() {
    return unreadable.get();
  }

  /** Ends {@link #run} after what it is at. From any thread; closing twice does nothing. */
  @Override
  public void close() {
    if (!closed.getAndSet(true)) {
      consumer.wakeup();
    }
  }
}
