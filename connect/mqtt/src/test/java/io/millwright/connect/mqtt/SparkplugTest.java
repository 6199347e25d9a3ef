package io.millwright.connect.mqtt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millwright.connect.SignalQuality;
import io.millwright.connect.SignalReading;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class SparkplugTest {

  private static final Instant NOW = Instant.ofEpochMilli(1_000_000);

  private final List<String> rebirths = new ArrayList<>();
  private final Sparkplug sparkplug = Sparkplug.decoder(rebirths::add);

  private List<SignalReading> told(String topic, Payloads payload) {
    return sparkplug.readings("spBv1.0/" + topic, payload.toBytes(), NOW);
  }

  private static SignalReading read(String source, long time, double value) {
    return SignalReading.good(source, Instant.ofEpochMilli(time), value);
  }

  private List<SignalReading> born(long birth) {
    return told(
        "G/NBIRTH/N",
        Payloads.payload(100, 0)
            .metric("bdSeq", -1, -1, 8, birth)
            .metric("Node Control/Rebirth", -1, -1, 11, 0)
            .metric("temp", 7, 90, 10, 80.5)
            .metric("count", 8, -1, 3, -4));
  }

  @Test
  void birthsNameAliasesAndDeathsMakeStale() {
    assertThat(born(3)).containsExactly(read("G/N/temp", 100, 80.5), read("G/N/count", 100, -4));
    assertThat(
            told(
                "G/DBIRTH/N/D",
                Payloads.payload(110, 1)
                    .metric("flow", 9, -1, 9, 2.5f)
                    .metric("on", 10, -1, 11, 1)))
        .containsExactly(read("G/N/D/flow", 110, 2.5), read("G/N/D/on", 110, 1));
    assertThat(told("G/NDATA/N", Payloads.payload(120, 2).metric(null, 7, 119, 10, 81.5)))
        .containsExactly(read("G/N/temp", 119, 81.5));
    assertThat(told("G/DDATA/N/D", Payloads.payload(130, 3).metric(null, 9, -1, 9, 3.5f)))
        .containsExactly(read("G/N/D/flow", 130, 3.5));
    assertThat(told("G/DDEATH/N/D", Payloads.payload(140, 4)))
        .containsExactly(
            SignalReading.stale("G/N/D/flow", Instant.ofEpochMilli(140)),
            SignalReading.stale("G/N/D/on", Instant.ofEpochMilli(140)));
    // The will of an earlier connection comes late and says nothing.
    assertThat(told("G/NDEATH/N", Payloads.payload(1, -1).metric("bdSeq", -1, -1, 8, 2))).isEmpty();
    assertThat(told("G/NDEATH/N", Payloads.payload(1, -1).metric("bdSeq", -1, -1, 8, 3)))
        .containsExactly(
            SignalReading.stale("G/N/temp", NOW), SignalReading.stale("G/N/count", NOW));
    assertThat(told("G/NDEATH/N", Payloads.payload(1, -1).metric("bdSeq", -1, -1, 8, 3))).isEmpty();
    assertThat(rebirths).isEmpty();
    assertThat(told("G/NDATA/N", Payloads.payload(150, 5).metric(null, 7, -1, 10, 1))).isEmpty();
    assertThat(rebirths).containsExactly("G/N");
    assertThat(born(4)).hasSize(2);
    assertThat(sparkplug.gaps()).isZero();
  }

  @Test
  void whatIsNotBornAgainIsKnownNoMore() {
    born(3);
    told("G/DBIRTH/N/D", Payloads.payload(110, 1).metric("flow", 9, -1, 9, 2.5f));
    told("G/DBIRTH/N/E", Payloads.payload(110, 2).metric("level", 10, -1, 9, 1f));
    assertThat(told("G/DBIRTH/N/D", Payloads.payload(120, 3).metric("speed", 11, 50, 9, 4f)))
        .containsExactly(
            SignalReading.stale("G/N/D/flow", Instant.ofEpochMilli(120)),
            read("G/N/D/speed", 120, 4));
    assertThat(told("G/NBIRTH/N", Payloads.payload(130, 0).metric("temp", 7, -1, 10, 90.0)))
        .containsExactlyInAnyOrder(
            SignalReading.stale("G/N/count", Instant.ofEpochMilli(130)),
            SignalReading.stale("G/N/D/speed", Instant.ofEpochMilli(130)),
            SignalReading.stale("G/N/E/level", Instant.ofEpochMilli(130)),
            read("G/N/temp", 130, 90));
    assertThat(told("G/DBIRTH/N/E", Payloads.payload(131, 1).metric("level", 10, 60, 9, 1f)))
        .containsExactly(read("G/N/E/level", 131, 1));
  }

  @Test
  void aGapInTheSequenceIsCountedAndAsksOnce() {
    born(0);
    for (int k = 1; k <= 600; k++) {
      if (k != 300 && k != 301 && k != 400) {
        told("G/NDATA/N", Payloads.payload(200 + k, k % 256).metric(null, 7, -1, 10, k));
      }
    }
    assertThat(sparkplug.gaps()).isEqualTo(2);
    assertThat(rebirths).containsExactly("G/N");
    assertThat(told("G/DDATA/N/unborn", Payloads.payload(900, 89).metric("x", -1, -1, 10, 1)))
        .isEmpty();
  }

  @Test
  void typesAndQualitiesAreThoseOfTheirBirth() {
    byte[] bad =
        new Payloads()
            .bytes(1, "f".getBytes(StandardCharsets.UTF_8))
            .varint(4, 3)
            .bytes(9, Payloads.quality(0))
            .varint(10, 5)
            .toBytes();
    List<SignalReading> readings =
        told(
            "G/NBIRTH/N",
            Payloads.payload(100, 0)
                .metric("a", -1, -1, 1, -1)
                .metric("b", -1, -1, 2, -2)
                .metric("c", -1, -1, 5, 200)
                .metric("d", -1, -1, 8, -1L)
                .metric("e", -1, -1, 10, null)
                .raw(2, bad));
    assertThat(readings)
        .extracting(SignalReading::value)
        .containsExactly(-1.0, -2.0, 200.0, 18446744073709551615.0, Double.NaN, 5.0);
    assertThat(readings.get(4).quality()).isEqualTo(SignalQuality.BAD);
    assertThat(readings.get(5).quality()).isEqualTo(SignalQuality.BAD);
    assertThat(told("X/STATE/N", Payloads.payload(1, 1))).isEmpty();
    assertThat(sparkplug.readings("other/topic", new byte[] {1, 2}, NOW)).isEmpty();
  }

  @Test
  void hostilePayloadsAreRefusedOrReadAndNeverMore() {
    byte[] good =
        Payloads.payload(100, 0).metric("temp", 7, 90, 10, 80.5).metric("x", 8, -1, 4, 3).toBytes();
    Random random = new Random(5);
    int refused = 0;
    for (int k = 0; k < 20_000; k++) {
      byte[] changed = Arrays.copyOf(good, 1 + random.nextInt(good.length));
      changed[random.nextInt(changed.length)] = (byte) random.nextInt(256);
      try {
        SparkplugPayload.read(changed);
      } catch (IllegalArgumentException e) {
        refused++;
      }
    }
    assertThat(refused).isGreaterThan(1_000);
    assertThatThrownBy(
            () -> SparkplugPayload.read(new byte[] {18, (byte) 0xFF, (byte) 0xFF, 0x7F, 1}))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("bytes, but 1 are left");
    assertThatThrownBy(() -> MqttPayload.number().readings("t", new byte[100], NOW))
        .isInstanceOf(NumberFormatException.class);
  }
}
