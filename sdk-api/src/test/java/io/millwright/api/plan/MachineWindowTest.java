package io.millwright.api.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millwright.api.MillwrightException;
import org.junit.jupiter.api.Test;

class MachineWindowTest {

  @Test
  void aFixedWindowFillsItsSpan() {
    MachineWindow window = MachineWindow.fixed("w", "press", 10, 14);
    assertThat(window.movable()).isFalse();
    assertThat(window.duration()).isEqualTo(4);
    assertThat(window.due()).isEqualTo(14);
    assertThat(window.price()).isZero();
  }

  @Test
  void aWindowWithRoomIsMovable() {
    MachineWindow.Builder builder =
        MachineWindow.builder().id("w").machine("press").earliest(10).duration(4);
    assertThat(builder.deadline(14).build().movable()).isFalse();
    assertThat(builder.deadline(15).build().movable()).isTrue();
  }

  @Test
  void aSpanOfNothingIsRefused() {
    assertThatThrownBy(() -> MachineWindow.fixed("w", "press", 10, 10))
        .isInstanceOf(MillwrightException.class)
        .hasMessageContaining("window \"w\" of machine press takes 0 ticks");
    assertThatThrownBy(() -> MachineWindow.fixed("w", "press", -1, 3))
        .isInstanceOf(MillwrightException.class)
        .hasMessageContaining("-1");
    assertThatThrownBy(
            () ->
                MachineWindow.builder()
                    .id("w")
                    .machine("press")
                    .deadline(9)
                    .duration(2)
                    .price(Double.NaN)
                    .build())
        .isInstanceOf(MillwrightException.class)
        .hasMessageContaining("price NaN");
  }
}
