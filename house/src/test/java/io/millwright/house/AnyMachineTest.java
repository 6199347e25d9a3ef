package io.millwright.house;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/**
 * Tests say the same on any machine, however slow or busy: what a search finds is bounded by
 * counted work, and guards against hanging are generous.
 */
class AnyMachineTest {

  private static final int LEAST_SECONDS = 300;

  /** A guard of an annotation, or of a wait that fails the test when it is over; no short poll. */
  private static final Pattern GUARD =
      Pattern.compile(
          "@Timeout\\((?<bare>[0-9_]+)\\)"
              + "|\\.(?:waitFor|poll|await|awaitTermination|get)\\((?<wait>[0-9_]+), "
              + "TimeUnit\\.(?<unit>[A-Z]+)\\)"
              + "|\\.join\\((?<millis>[0-9_]{4,})\\)");

  private static final Pattern SEARCH =
      Pattern.compile(
          "Budget\\.of\\((?:java\\.time\\.)?Duration\\.of(?<unit>[A-Z][a-z]+)\\((?<n>[0-9_]+)\\)");

  private static final Map<String, Double> SECONDS =
      Map.of(
          "MILLISECONDS",
          1e-3,
          "SECONDS",
          1.0,
          "MINUTES",
          60.0,
          "HOURS",
          3600.0,
          "Millis",
          1e-3,
          "Seconds",
          1.0,
          "Minutes",
          60.0,
          "Hours",
          3600.0);

  /** Where a short search is what is tested, and any plan or none is right. */
  private static final Set<String> SHORT_ON_PURPOSE = Set.of("CancelTest.java");

  private static double number(String digits) {
    return Double.parseDouble(digits.replace("_", ""));
  }

  private static double seconds(Matcher in) {
    String unit = String.valueOf(in.group("unit"));
    if (in.pattern() == SEARCH) {
      return number(in.group("n")) * SECONDS.getOrDefault(unit, Double.NaN);
    }
    if (in.group("bare") != null) {
      return number(in.group("bare"));
    }
    return in.group("wait") != null
        ? number(in.group("wait")) * SECONDS.getOrDefault(unit, Double.NaN)
        : number(in.group("millis")) * 1e-3;
  }

  private static List<String> hasty(String name, String text) {
    List<String> hasty = new ArrayList<>();
    for (Pattern pattern : List.of(GUARD, SEARCH)) {
      Matcher matcher = pattern.matcher(text);
      while (matcher.find()) {
        if (!(seconds(matcher) >= LEAST_SECONDS)) {
          hasty.add(name + ": " + matcher.group());
        }
      }
    }
    return hasty;
  }

  @Test
  void noTestHangsOnHowFastTheMachineIs() throws IOException {
    List<String> hasty = new ArrayList<>();
    for (Path file : House.tests()) {
      String name = file.getFileName().toString();
      if (!SHORT_ON_PURPOSE.contains(name) && !name.equals("AnyMachineTest.java")) {
        hasty.addAll(hasty(name, Files.readString(file)));
      }
    }
    assertThat(hasty)
        .as("Maybe bound the search by iterations, or wait for %s s and more", LEAST_SECONDS)
        .isEmpty();
  }

  @Test
  void theRuleFindsWhatItIsFor() {
    assertThat(hasty("a", "@Timeout(60) x.join(10_000); p.waitFor(2, TimeUnit.MINUTES);"))
        .hasSize(3);
    assertThat(hasty("a", "Budget.of(Duration.ofMillis(300)) Budget.of(Duration.ofSeconds(5))"))
        .hasSize(2);
    assertThat(hasty("a", "@Timeout(300) x.join() Budget.of(Duration.ofMinutes(10))")).isEmpty();
  }
}
