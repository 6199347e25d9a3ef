package io.millwright.connect.mqtt;

import io.millwright.connect.SignalReading;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;

/**
 * Makes readings of messages. Hosts implement it for formats of their own; it is called by one
 * thread at a time.
 */
@FunctionalInterface
public interface MqttPayload {

  /**
   * The readings of one message.
   *
   * @param topic its topic
   * @param payload its bytes, from a stranger
   * @param received when it came
   * @return the readings, possibly none
   * @throws RuntimeException when it is none of this format; the message is counted and left out
   */
  List<SignalReading> readings(String topic, byte[] payload, Instant received);

  /**
   * Messages that hold one number as text, such as {@code 80.3}; the topic is the source, and the
   * time that at which they came, since they carry none.
   *
   * @return the format
   */
  static MqttPayload number() {
    return (topic, payload, received) -> {
      if (payload.length > 64) {
        throw new NumberFormatException("a number of " + payload.length + " bytes");
      }
      double value = Double.parseDouble(new String(payload, StandardCharsets.US_ASCII).strip());
      return List.of(SignalReading.good(topic, received, value));
    };
  }
}
