package io.millwright.connect.kafka;

import io.millwright.connect.SignalReading;
import java.util.List;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/** Makes readings of records. Hosts implement it; it is called by one thread at a time. */
@FunctionalInterface
public interface KafkaPayload {

  /**
   * The readings of one record.
   *
   * @param message the record, with key, value and the time stamp of its producer or broker
   * @return the readings, possibly none
   * @throws RuntimeException when it is none of this format; the record is counted and left out
   */
  List<SignalReading> readings(ConsumerRecord<byte[], byte[]> message);
}
