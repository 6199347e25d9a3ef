package io.millwright.connect.opcua;

import static org.assertj.core.api.Assertions.assertThat;

import io.millwright.connect.SignalQuality;
import io.millwright.connect.SignalReading;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.eclipse.milo.opcua.stack.core.types.builtin.DataValue;
import org.eclipse.milo.opcua.stack.core.types.builtin.DateTime;
import org.eclipse.milo.opcua.stack.core.types.builtin.StatusCode;
import org.eclipse.milo.opcua.stack.core.types.builtin.Variant;
import org.junit.jupiter.api.Test;

class TagTest {
  private static final Instant ZERO = Instant.parse("2026-01-05T00:00:00Z");

  private final Tag tag = new Tag("t", Duration.ofSeconds(1));

  private List<SignalReading> take(double value, StatusCode status, long second, long server) {
    DataValue data =
        new DataValue(
            Variant.of(value),
            status,
            new DateTime(ZERO.plusSeconds(second)),
            new DateTime(ZERO.plusSeconds(server)));
    return tag.take(data, true, Duration.ofSeconds(1), ZERO.plusSeconds(server));
  }

  private List<SignalReading> good(double value, long second, long server) {
    return take(value, StatusCode.GOOD, second, server);
  }

  private static SignalReading reading(double value, long second) {
    return SignalReading.good("t", ZERO.plusSeconds(second), value);
  }

  @Test
  void aConstantCountsFromWhenItWasFirstSeen() {
    assertThat(good(5, -900, 10)).containsExactly(reading(5, 10));
    assertThat(good(6, 11, 12)).containsExactly(reading(6, 11));
  }

  @Test
  void aNewSubscriptionAfterACutFlagsWhatIsNotKnown() {
    good(5, 10, 10);
    tag.forgotten(ZERO.plusSeconds(20));
    tag.forgotten(ZERO.plusSeconds(40));
    assertThat(good(5, 10, 60))
        .containsExactly(SignalReading.stale("t", ZERO.plusSeconds(20)), reading(5, 60));
    assertThat(good(6, 61, 61)).containsExactly(reading(6, 61));
  }

  @Test
  void aLongCutIsFlaggedAtOnceAndOnlyOnce() {
    assertThat(tag.stale()).isEmpty();
    good(5, 10, 10);
    tag.forgotten(ZERO.plusSeconds(20));
    assertThat(tag.stale()).containsExactly(SignalReading.stale("t", ZERO.plusSeconds(20)));
    tag.forgotten(ZERO.plusSeconds(20));
    assertThat(tag.stale()).isEmpty();
    assertThat(good(5, 10, 60)).containsExactly(reading(5, 60));
  }

  @Test
  void anOverflowIsFlaggedWhereValuesMayBeMissing() {
    StatusCode overflow = StatusCode.GOOD.withDataValueInfoType().withOverflow();
    good(5, 10, 10);
    assertThat(take(6, overflow, 11, 11)).containsExactly(reading(6, 11));
    assertThat(take(7, overflow, 20, 20))
        .containsExactly(SignalReading.stale("t", ZERO.plusSeconds(12)), reading(7, 20));
  }

  @Test
  void severityIsQualityAndWhatHasNoTimeGetsThatOfNow() {
    DataValue bare =
        new DataValue(Variant.of("text"), StatusCode.UNCERTAIN, DateTime.NULL_VALUE, null);
    SignalReading reading = tag.take(bare, true, Duration.ofSeconds(1), ZERO).get(0);
    assertThat(reading.time()).isEqualTo(ZERO);
    assertThat(reading.quality()).isEqualTo(SignalQuality.UNCERTAIN);
    assertThat(reading.value()).isNaN();
    assertThat(take(1, StatusCode.BAD, 1, 1).get(0).quality()).isEqualTo(SignalQuality.BAD);
  }
}
