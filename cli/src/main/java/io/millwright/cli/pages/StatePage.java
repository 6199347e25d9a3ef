package io.millwright.cli.pages;

import io.millwright.maintenance.ComponentState;
import io.millwright.maintenance.ComponentStates;
import io.millwright.maintenance.StateModel;
import io.millwright.reports.Chart;
import io.millwright.reports.Page;
import io.millwright.reports.Pages;
import io.millwright.reports.Scale;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** A page of the states of components: their course over the sequences, or what was learnt. */
public final class StatePage {

  private static final int MOST = 20_000;

  private final Page page;

  private StatePage(Page page) {
    this.page = page;
  }

  /**
   * What was learnt.
   *
   * @param model the model
   * @return the page
   */
  public static StatePage learnt(StateModel model) {
    Page page = new Page("States of components").heading(model.evaluation().protocol());
    List<List<String>> rows = new ArrayList<>();
    model
        .components()
        .forEach(
            (name, states) ->
                rows.add(
                    List.of(
                        name,
                        String.join(", ", states),
                        String.format(
                            Locale.ROOT, "%.3f", model.evaluation().figure("accuracy " + name)))));
    page.table(
        List.of("component", "states", "right when held out"), rows, Pages.none(rows.size()));
    model.choices().forEach((name, choice) -> page.section(name).text("Chosen: " + choice + "."));
    return new StatePage(page);
  }

  /**
   * What sequences say.
   *
   * @param answers an answer for each sequence; null where it is unlike all of training
   * @param right the share of right states, where known
   * @return the page
   */
  public static StatePage judged(
      List<@Nullable ComponentStates> answers, Map<String, Double> right) {
    long silent = answers.stream().filter(a -> a == null).count();
    Page page =
        new Page("States of components")
            .heading(
                answers.size()
                    + " sequences"
                    + (silent > 0 ? ", " + silent + " unlike all of training" : ""));
    Map<String, List<String>> components = new LinkedHashMap<>();
    for (ComponentStates answer : answers) {
      if (answer != null) {
        answer
            .components()
            .forEach((n, s) -> components.putIfAbsent(n, List.copyOf(s.probabilities().keySet())));
      }
    }
    components.forEach((name, states) -> section(page, answers, name, states, right.get(name)));
    return new StatePage(page);
  }

  private static void section(
      Page page,
      List<@Nullable ComponentStates> answers,
      String name,
      List<String> states,
      @Nullable Double right) {
    int n = Math.min(MOST, answers.size());
    Map<String, Integer> count = new LinkedHashMap<>();
    states.forEach(s -> count.put(s, 0));
    int unsure = 0;
    Chart chart =
        new Chart(
            860,
            Math.min(300, 90 + 30 * states.size()),
            new Scale(1, Math.max(2, n), false, "sequence"),
            new Scale(0.5, states.size() + 0.5, false, "state, in order"),
            "The state of " + name + " by sequence");
    for (int c = 0; c < states.size(); c++) {
      chart.level("training", c + 1.0, states.get(c));
    }
    for (int i = 0; i < answers.size(); i++) {
      ComponentStates answer = answers.get(i);
      ComponentState state = answer == null ? null : answer.components().get(name);
      if (state == null) {
        continue;
      }
      count.merge(state.state(), 1, Integer::sum);
      unsure += state.possible().size() > 1 ? 1 : 0;
      if (i < n) {
        String tip = "sequence " + (i + 1) + ": " + String.join(" or ", state.possible());
        String style = state.possible().size() > 1 ? "validation" : "course";
        chart.dot(
            style,
            i + 1.0,
            states.indexOf(state.state()) + 1.0,
            state.possible().size() > 1 ? 5 : 1.5,
            tip);
      }
    }
    page.section(name)
        .text(
            count.entrySet().stream()
                    .map(e -> e.getKey() + " in " + e.getValue())
                    .collect(Collectors.joining(", "))
                + (right == null ? "" : String.format(Locale.ROOT, "; %.3f right", right))
                + "; "
                + unsure
                + " sequences have several possible states at 90 % and are open circles");
    page.chart(chart);
  }

  /**
   * Writes the page.
   *
   * @param file where to; replaced when it exists
   */
  public void writeTo(Path file) {
    Pages.write(file, page.html(Pages.FOOTER));
  }
}
