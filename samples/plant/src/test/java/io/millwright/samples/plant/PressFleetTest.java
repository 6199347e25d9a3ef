package io.millwright.samples.plant;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millwright.api.data.UnitHistory;
import io.millwright.api.data.UnitHistory.End;
import io.millwright.maintenance.KnownLife;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PressFleetTest {

  @ParameterizedTest
  @ValueSource(longs = {0, 1, -7, Long.MAX_VALUE})
  void theSameKeyGivesTheSamePlant(long key) {
    PressFleet one = new PressFleet(key, 8, 5);
    PressFleet other = new PressFleet(key, 8, 5);
    assertThat(one.train()).isEqualTo(other.train());
    assertThat(one.test()).isEqualTo(other.test());
    assertThat(one.train()).isNotEqualTo(new PressFleet(key + 1, 8, 5).train());
  }

  @Test
  void theNumbersAreThoseOfEveryMachine() {
    UnitHistory first = PressFleet.standard(0).train().units().get(0);
    assertThat(first.length()).isEqualTo(143);
    assertThat(first.readings().number(0, 0)).isEqualTo(7445.621002524217);
    assertThat(first.readings().number(0, 3)).isEqualTo(49.63139356600043);
  }

  @Test
  void thePressesDoNotDependOnHowManyFollow() {
    assertThat(new PressFleet(3, 4, 0).train().units())
        .isEqualTo(new PressFleet(3, 9, 2).train().units().subList(0, 4));
  }

  @ParameterizedTest
  @ValueSource(longs = {0, 1, 2, 3, 4})
  void crackAndWearOnlyGrowAndEndTheLife(long key) {
    for (int number = 0; number < 20; number++) {
      PressLife life = PressLife.of(key, number);
      assertThat(life.cracks()).isSorted().doesNotHaveDuplicates().allMatch(a -> a > 0);
      assertThat(life.wears()).isSorted().doesNotHaveDuplicates().allMatch(w -> w > 0);
      assertThat(life.readings().rows()).isEqualTo(life.cracks().size());
      int last = life.length() - 1;
      if (life.fault() == PressLife.Fault.CRACK) {
        assertThat(life.cracks().get(last)).isGreaterThan(15);
      } else {
        assertThat(life.wears().get(last)).isGreaterThan(0.65);
      }
    }
  }

  @Test
  void livesFaultsAndEndsAreWhatTheDocumentSays() {
    Map<PressLife.Fault, Integer> faults = new EnumMap<>(PressLife.Fault.class);
    int usual = 0;
    for (int number = 0; number < 300; number++) {
      PressLife life = PressLife.of(9, number);
      faults.merge(life.fault(), 1, Integer::sum);
      usual += life.length() >= 100 && life.length() <= 300 ? 1 : 0;
      assertThat(life.length()).isBetween(60, 600);
    }
    assertThat(usual).isGreaterThan(270);
    assertThat(faults.get(PressLife.Fault.CRACK)).isBetween(110, 190);
    assertThat(faults.get(PressLife.Fault.WEAR)).isBetween(110, 190);

    PressFleet plant = PressFleet.standard(0);
    assertThat(plant.train().units()).hasSize(60);
    assertThat(plant.train().units().stream().filter(u -> u.end() == End.RUNNING)).hasSize(10);
    assertThat(plant.test()).hasSize(40);
  }

  @Test
  void theTestUnitsLiveOnAsSaid() {
    PressFleet plant = new PressFleet(5, 3, 10);
    List<KnownLife> test = plant.test();
    for (int i = 0; i < test.size(); i++) {
      UnitHistory whole = plant.whole(3 + i);
      UnitHistory seen = test.get(i).history();
      assertThat(seen.unit()).isEqualTo(whole.unit());
      assertThat(seen.end()).isEqualTo(End.RUNNING);
      assertThat(seen.length() + test.get(i).remaining()).isEqualTo(whole.length());
      assertThat(test.get(i).remaining()).isGreaterThan(0);
      assertThat(seen.readings()).isEqualTo(whole.readings().slice(0, seen.length()));
    }
  }

  @Test
  void noReadingIsMissing() {
    for (UnitHistory unit : new PressFleet(1, 5, 0).train().units()) {
      for (String name : unit.readings().schema().names()) {
        assertThat(unit.readings().numbers(name)).doesNotContain(Double.NaN);
      }
    }
  }

  @Test
  void aPlantWithoutPressesIsRefused() {
    assertThatThrownBy(() -> new PressFleet(0, 0, 1)).hasMessageContaining("0 presses");
  }

  @ParameterizedTest
  @ValueSource(longs = {0, 1, 2})
  void cutBeginningsKeepTheEndAndAreRepeatable(long key) {
    List<KnownLife> whole = new PressFleet(key, 1, 30).test();
    List<KnownLife> cut = Beginnings.cut(whole, key);
    assertThat(cut).isEqualTo(Beginnings.cut(whole, key)).isNotEqualTo(whole);
    for (int i = 0; i < whole.size(); i++) {
      UnitHistory before = whole.get(i).history();
      UnitHistory after = cut.get(i).history();
      assertThat(cut.get(i).remaining()).isEqualTo(whole.get(i).remaining());
      assertThat(after.length())
          .isBetween(Math.min(Beginnings.LEFT, before.length()), before.length());
      assertThat(after.readings())
          .isEqualTo(before.readings().slice(before.length() - after.length(), before.length()));
      if (after.length() < before.length()) {
        assertThat(after.startAge()).isNaN();
      }
    }
  }
}
