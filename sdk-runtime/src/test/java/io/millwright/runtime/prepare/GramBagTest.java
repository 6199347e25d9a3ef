package io.millwright.runtime.prepare;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.millwright.api.ErrorCode;
import io.millwright.api.Flag;
import io.millwright.api.MillwrightException;
import io.millwright.api.data.Column;
import io.millwright.api.data.Schema;
import io.millwright.api.data.Table;
import io.millwright.api.data.TableBuilder;
import io.millwright.api.learn.Preparation;
import io.millwright.api.learn.Step;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class GramBagTest {

  private static final Schema SCHEMA = Schema.of(Column.number("temp"), Column.text("note"));

  private static Table table(String... notes) {
    TableBuilder table = Table.builder(SCHEMA, notes.length);
    for (int r = 0; r < notes.length; r++) {
      table.add(20.0 + r, notes[r]);
    }
    return table.build();
  }

  private static FittedPreparation fit(int most, Table table) {
    return FittedPreparation.fit(
            Preparation.of(new Step.Text(most))
                .then(Step.Clean.standard())
                .then(new Step.DropConstant()),
            SCHEMA,
            List.of(table))
        .preparation();
  }

  private static Table press() {
    return table("Oil, ab", "oil xy", "OIL ok", "ok", null, "zz", "ok");
  }

  @Test
  void runsThatThreeRowsHoldAreCountedAndOnceForTheSameRows() {
    FittedPreparation fitted = fit(100, press());
    // " oil" stands where " o" and "oil" do in two more rows; "ok " is the longest of its rows.
    assertThat(fitted.features()).contains("temp", "note \" ok \"").doesNotContain("note \"ok\"");
    assertThat(fitted.features().stream().filter(f -> f.contains("il"))).hasSize(1);
    assertThat(fitted.inputs()).isEqualTo(SCHEMA);
    int ok = fitted.features().indexOf("note \" ok \"");
    assertThat(fitted.rows(table("ｏｋ   OK"), new Notes())[ok])
        .isCloseTo((float) (1 + Math.log(2)), within(1e-6f));
    assertThat(fitted.rows(table("oil"), new Notes())[ok]).isZero();
    assertThat(fit(1, press()).features()).hasSize(2);
  }

  @Test
  void runsCrossWordsAndIdeographsAlike() {
    assertThat(GramBag.runs("漏油")).containsExactly(" 漏", " 漏油", " 漏油 ", "漏油", "漏油 ", "油 ");
    assertThat(GramBag.runs(" ")).isEmpty();
  }

  @Test
  void aRowOfUnknownWordsIsFlaggedAndOneWithoutAnythingGivenUp() {
    FittedPreparation fitted = fit(100, press());
    Notes notes = new Notes();
    fitted.rows(table("###"), notes);
    assertThat(notes.flags()).contains(Flag.UNKNOWN_CATEGORY);
    Notes silent = new Notes();
    fitted.rows(table((String) null), silent);
    assertThat(silent.flags()).isEmpty();
    Table blind = Table.builder(SCHEMA, 1).add(Double.NaN, null).build();
    Notes nothing = new Notes();
    fitted.rows(blind, nothing);
    assertThat(nothing.hopeless()).isTrue();
    Notes some = new Notes();
    fitted.rows(Table.builder(SCHEMA, 1).add(Double.NaN, "oil").build(), some);
    assertThat(some.hopeless()).isFalse();
  }

  @Test
  void theStepComesFirstAndNeedsWords() {
    refusedToFit(
        Preparation.of(Step.Clean.standard()).then(new Step.Text(10)), press(), "begin with");
    refusedToFit(Preparation.standard(), press(), "Text");
    refusedToFit(Preparation.of(new Step.Text(10)), table("a", "b", "c", "d"), "no run");
  }

  private static void refusedToFit(Preparation steps, Table table, String why) {
    assertThatThrownBy(() -> FittedPreparation.fit(steps, SCHEMA, List.of(table)))
        .isInstanceOf(MillwrightException.class)
        .hasMessageContaining(why);
  }

  @Test
  void alteredStepsAreRefused() {
    FittedPreparation fitted = fit(100, press());
    for (FittedStep.TextColumn wrong :
        List.of(
            new FittedStep.TextColumn("temp", List.of("a")),
            new FittedStep.TextColumn("gone", List.of("a")),
            new FittedStep.TextColumn("note", List.of()),
            new FittedStep.TextColumn("note", List.of("a", "a")))) {
      List<FittedStep> steps = new ArrayList<>(fitted.steps());
      steps.set(0, new FittedStep.Text(List.of(wrong)));
      assertBroken(new FittedPreparation(fitted.inputs(), steps));
    }
    List<FittedStep> late = new ArrayList<>(fitted.steps());
    late.add(late.get(0));
    assertBroken(new FittedPreparation(fitted.inputs(), late));
  }

  private static void assertBroken(FittedPreparation altered) {
    assertThatThrownBy(altered::plan)
        .isInstanceOf(MillwrightException.class)
        .extracting(e -> ((MillwrightException) e).code())
        .isEqualTo(ErrorCode.BAD_BUNDLE);
  }
}
