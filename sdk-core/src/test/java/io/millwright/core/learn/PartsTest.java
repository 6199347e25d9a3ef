package io.millwright.core.learn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millwright.api.ErrorCode;
import io.millwright.api.MillwrightException;
import io.millwright.api.learn.Split;
import io.millwright.api.learn.Split.By;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** No sample has two roles, no group is divided, every sample is judged once. */
class PartsTest {

  private static final List<Integer> NO_CLASSES = List.of();

  private static List<String> groups(Random random, int samples) {
    List<String> groups = new ArrayList<>();
    for (int i = 0; i < samples; i++) {
      groups.add("g" + (i < 12 ? i : random.nextInt(12)));
    }
    Collections.shuffle(groups, random);
    return groups;
  }

  private static int count(boolean[] role) {
    return (int) IntStream.range(0, role.length).filter(i -> role[i]).count();
  }

  @ParameterizedTest
  @EnumSource(By.class)
  void everySampleHasOneRoleInEachFoldAndIsJudgedOnce(By by) {
    for (int seed = 0; seed < 60; seed++) {
      Random random = new Random(seed);
      List<String> groups = groups(random, 12 + random.nextInt(50));
      int folds = 1 + random.nextInt(5);
      boolean stopping = random.nextBoolean();
      Split split = (folds == 1 ? Split.holdOut(0.3) : Split.folds(folds)).by(by);
      List<Parts.Fold> parts = Parts.of(split, groups, NO_CLASSES, stopping, seed);
      assertThat(parts).hasSize(folds);
      int[] judged = new int[groups.size()];
      for (Parts.Fold fold : parts) {
        Map<String, Integer> roles = new HashMap<>();
        for (int i = 0; i < groups.size(); i++) {
          int role =
              (fold.judged()[i] ? 1 : 0)
                  + (fold.validation()[i] ? 2 : 0)
                  + (fold.learnt()[i] ? 4 : 0);
          assertThat(role).as("seed %s, sample %s", seed, i).isIn(1, 2, 4);
          judged[i] += fold.judged()[i] ? 1 : 0;
          if (by == By.GROUP) {
            assertThat(roles.merge(groups.get(i), role, (a, b) -> a | b))
                .as("seed %s, %s", seed, groups.get(i))
                .isEqualTo(role);
          }
        }
        assertThat(count(fold.learnt())).isPositive();
        assertThat(count(fold.judged())).isPositive();
        assertThat(count(fold.validation()) > 0).isEqualTo(stopping);
      }
      if (folds > 1) {
        assertThat(judged).containsOnly(1);
      }
    }
  }

  @Test
  void theShareHeldOutIsTheOneAskedFor() {
    List<String> groups = IntStream.range(0, 100).mapToObj(i -> "g" + i).toList();
    Parts.Fold fold =
        Parts.of(Split.holdOut(0.3).validation(0.1), groups, NO_CLASSES, true, 1).get(0);
    assertThat(count(fold.judged())).isEqualTo(30);
    assertThat(count(fold.validation())).isEqualTo(7);
    assertThat(count(fold.learnt())).isEqualTo(63);
  }

  @Test
  void timeIsNotTurnedBack() {
    List<String> groups = Collections.nCopies(50, "one");
    Parts.Fold fold = Parts.of(Split.holdOut(0.2).by(By.TIME), groups, NO_CLASSES, true, 3).get(0);
    int[] order = new int[50];
    Arrays.setAll(order, i -> fold.learnt()[i] ? 0 : fold.validation()[i] ? 1 : 2);
    assertThat(order).isSorted();
    List<Parts.Fold> folds = Parts.of(Split.folds(4).by(By.TIME), groups, NO_CLASSES, false, 3);
    for (Parts.Fold f : folds) {
      int[] judged = IntStream.range(0, 50).filter(i -> f.judged()[i]).toArray();
      assertThat(judged[judged.length - 1] - judged[0]).isEqualTo(judged.length - 1);
    }
  }

  @ParameterizedTest
  @ValueSource(longs = {0, 1, 2, 3, 4, 5, 6, 7})
  void rowsOfEveryClassAreDealtOutEvenly(long key) {
    Random random = new Random(key);
    List<Integer> classes = new ArrayList<>();
    for (int i = 0; i < 200; i++) {
      classes.add(i < 20 ? 1 : 0);
    }
    Collections.shuffle(classes, random);
    List<String> groups = IntStream.range(0, 200).mapToObj(i -> "g").toList();
    for (Parts.Fold fold : Parts.of(Split.folds(5).by(By.ROW), groups, classes, false, key)) {
      long rare =
          IntStream.range(0, 200).filter(i -> fold.judged()[i] && classes.get(i) == 1).count();
      assertThat(rare).isBetween(3L, 5L);
    }
  }

  @ParameterizedTest
  @EnumSource(
      value = By.class,
      names = {"GROUP", "ROW"})
  void eachRoundDividesAnewAndJudgesEverySampleOnce(By by) {
    List<String> groups = groups(new Random(4), 40);
    Split once = Split.folds(4).by(by);
    List<Parts.Fold> one = Parts.of(once, groups, NO_CLASSES, true, 9);
    List<Parts.Fold> three = Parts.of(once.rounds(3), groups, NO_CLASSES, true, 9);
    assertThat(three).hasSize(12);
    List<boolean[]> divisions = new ArrayList<>();
    for (int round = 0; round < 3; round++) {
      int[] judged = new int[groups.size()];
      for (Parts.Fold fold : three.subList(4 * round, 4 * round + 4)) {
        for (int i = 0; i < judged.length; i++) {
          judged[i] += fold.judged()[i] ? 1 : 0;
        }
      }
      assertThat(judged).containsOnly(1);
      divisions.add(three.get(4 * round).judged());
    }
    for (int k = 0; k < 4; k++) {
      assertThat(three.get(k).judged()).isEqualTo(one.get(k).judged());
      assertThat(three.get(k).validation()).isEqualTo(one.get(k).validation());
    }
    assertThat(divisions.get(0)).isNotEqualTo(divisions.get(1)).isNotEqualTo(divisions.get(2));
    assertThat(divisions.get(1)).isNotEqualTo(divisions.get(2));
  }

  @Test
  void whatHasOneDivisionOnlyHasOneRound() {
    for (Split split : List.of(Split.holdOut(0.3), Split.folds(3).by(By.TIME))) {
      assertThat(split.rounds(1)).isEqualTo(split);
      assertThatThrownBy(() -> split.rounds(2))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContainingAll("2 rounds", "one division only", "Maybe");
    }
    assertThatThrownBy(() -> Split.folds(3).rounds(0))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("rounds is 0");
  }

  @Test
  void theKeyAloneDecides() {
    List<String> groups = groups(new Random(1), 40);
    boolean[] one = Parts.of(Split.holdOut(0.3), groups, NO_CLASSES, false, 1).get(0).judged();
    boolean[] again = Parts.of(Split.holdOut(0.3), groups, NO_CLASSES, false, 1).get(0).judged();
    boolean[] two = Parts.of(Split.holdOut(0.3), groups, NO_CLASSES, false, 2).get(0).judged();
    assertThat(again).isEqualTo(one);
    assertThat(two).isNotEqualTo(one);
  }

  @Test
  void tooFewGroupsOrSamples() {
    List<String> three = List.of("a", "b", "c", "a", "b", "c");
    assertThat(Parts.of(Split.folds(3), three, NO_CLASSES, false, 0)).hasSize(3);
    assertThat(Parts.of(Split.holdOut(0.9), three, NO_CLASSES, true, 0)).hasSize(1);
    refused(Split.folds(3), three, true, "3 groups", "at least 4");
    refused(Split.folds(4), three, false, "3 groups", "at least 4");
    refused(Split.folds(7).by(By.ROW), three, false, "6 samples", "at least 7");
    refused(Split.holdOut(0.5), List.of("a", "a"), false, "1 groups", "at least 2");
  }

  private static void refused(Split split, List<String> groups, boolean stopping, String... said) {
    assertThatThrownBy(() -> Parts.of(split, groups, NO_CLASSES, stopping, 0))
        .isInstanceOfSatisfying(
            MillwrightException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.TOO_FEW_DATA))
        .hasMessageContainingAll(said)
        .hasMessageContaining("Maybe");
  }
}
