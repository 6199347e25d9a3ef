package io.millwright.scheduling.internal;

import static org.assertj.core.api.Assertions.assertThat;

import io.millwright.api.Budget;
import io.millwright.api.Finding;
import io.millwright.api.MillwrightException;
import io.millwright.scheduling.Objective;
import io.millwright.scheduling.Objectives;
import io.millwright.scheduling.RandomShops;
import io.millwright.scheduling.Schedule;
import io.millwright.scheduling.ScheduleChecker;
import io.millwright.scheduling.Shop;
import io.millwright.scheduling.internal.documents.Documents;
import io.millwright.scheduling.internal.model.Goal;
import io.millwright.scheduling.internal.model.Plan;
import io.millwright.scheduling.internal.model.Timetable;
import io.millwright.scheduling.internal.search.Search;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Shops that nobody would write: documents of drawn shops with some of their numbers, names and
 * lists made odd. Whatever comes, it is planned by its rules, or refused with place and way out.
 */
class OddShopsTest {

  /** A floor with all that a document can say. */
  private static final String RICH =
      """
      {"name": "rich", "start": 0,
       "machines": [
        {"id": "m0", "shifts": {"period": 100, "open": [{"from": 0, "to": 60}], "extra": [{"from": 70, "to": 80}]},
         "family": "x", "setups": [{"from": "x", "to": "y", "duration": 5, "needs": [{"resource": "fitter", "amount": 1}]},
         {"from": "y", "to": "x", "duration": 5}], "campaign": 2, "mixes": [{"option": "roof", "most": 1, "of": 2}]},
        {"id": "m1", "closed": [{"from": 20, "to": 30}], "oven": {"least": 1, "most": 4}},
        {"id": "m2", "power": {"working": 5, "idle": 1, "offAfter": 10}}],
       "resources": [{"id": "fitter", "capacity": 1}, {"id": "crew", "capacity": 2, "skills": ["hand"]},
        {"id": "night", "capacity": 1, "skills": ["hand"], "shifts": {"period": 100, "open": [{"from": 80, "to": 120}]}}],
       "stocks": [{"id": "tank", "level": 3, "most": 9, "supplies": [{"at": 10, "amount": 4}]}],
       "transports": [{"from": "m0", "to": "m2", "duration": 3}],
       "tariff": {"currency": "EUR", "ticksPerHour": 60, "period": 100, "prices": [{"from": 0, "perKwh": 0.4}]},
       "jobs": [
        {"id": "a", "release": 0, "due": 60, "deadline": 900, "weight": 2, "quantity": 2, "operations": [
          {"id": "1", "family": "x", "options": ["roof"], "alternatives": [{"machine": "m0", "duration": 10, "perPiece": 1},
            {"machine": "m2", "duration": 12}], "needs": [{"resource": "hand", "amount": 1}]},
          {"id": "2", "alternatives": [{"machine": "m1", "duration": 8}], "lags": [{"operation": "1", "least": 2, "most": 400}]}]},
        {"id": "b", "due": 50, "rejection": 40, "operations": [
          {"id": "1", "family": "y", "unbroken": true, "alternatives": [{"machine": "m0", "duration": 9}],
           "flows": [{"stock": "tank", "amount": -2}]},
          {"id": "2", "after": ["1"], "alternatives": [{"machine": "m2", "duration": 7}],
           "flows": [{"stock": "tank", "amount": 1}]}]},
        {"id": "c", "operations": [{"id": "1", "alternatives": [{"machine": "m2", "duration": 5}]}]}],
       "pins": [{"job": "c", "operation": "1", "machine": "m2", "start": 5}]}
      """;

  private static final String[] NUMBERS = {
    "0",
    "-1",
    "1",
    "7",
    "1000000",
    "2147483647",
    "-2147483648",
    "4503599627370496",
    "4503599627370497",
    "9223372036854775807",
    "-9223372036854775808",
    "99999999999999999999",
    "1e308",
    "0.5",
    "null"
  };

  private static final Pattern NUMBER = Pattern.compile("(?<=: )-?[0-9.]+");
  private static final Pattern NAME = Pattern.compile("(?<=: )\"[a-z0-9]+\"");
  private static final Pattern LIST = Pattern.compile("\\[[^\\[\\]]*\\]");

  static LongStream some() {
    return LongStream.range(0, 60);
  }

  static LongStream all() {
    return LongStream.range(0, 1_000);
  }

  @ParameterizedTest
  @MethodSource("some")
  @Timeout(300)
  void someOddShops(long seed) {
    plannedOrRefused(seed);
  }

  @Tag("thorough")
  @ParameterizedTest
  @MethodSource("all")
  @Timeout(300)
  void aThousandOddShops(long seed) {
    plannedOrRefused(seed);
  }

  @Test
  void hugeAmountsAreRefusedAndHugeCapacitiesCostNothing() {
    String huge =
        RICH.replace(
            "\"id\": \"crew\", \"capacity\": 2", "\"id\": \"crew\", \"capacity\": 2147483647");
    assertThat(new Documents().shop("huge", huge).findings()).isEmpty();
    planned(new Documents().shop("huge", huge), 1, huge);
    String amount =
        huge.replace(
            "\"resource\": \"hand\", \"amount\": 1",
            "\"resource\": \"hand\", \"amount\": 2000000000");
    List<Finding> findings = new Documents().shop("huge", amount).findings();
    assertThat(findings).hasSize(1);
    assertThat(findings.get(0).place()).contains("job a, operation 1");
    assertThat(findings.get(0).remedy()).contains("coarser units");
  }

  private static String odd(long seed) {
    Random random = new Random(seed);
    String text =
        random.nextInt(3) == 0
            ? new Documents().json(RandomShops.mixed(seed, 1 + random.nextInt(5), 3))
            : RICH;
    int changes = 1 + random.nextInt(3);
    for (int i = 0; i < changes; i++) {
      int kind = random.nextInt(8);
      text =
          kind < 5
              ? changed(text, NUMBER, NUMBERS[random.nextInt(NUMBERS.length)], random)
              : kind == 5
                  ? changed(text, NAME, "\"odd\"", random)
                  : kind == 6
                      ? changed(text, NAME, null, random)
                      : changed(text, LIST, "[]", random);
    }
    return text;
  }

  /** One of the places of a pattern with other words; null for those of another place. */
  private static String changed(String text, Pattern pattern, String by, Random random) {
    List<String> found = pattern.matcher(text).results().map(r -> r.group()).toList();
    if (found.isEmpty()) {
      return text;
    }
    int at = random.nextInt(found.size());
    String words = by == null ? found.get(random.nextInt(found.size())) : by;
    int[] count = {0};
    return pattern
        .matcher(text)
        .replaceAll(r -> Matcher.quoteReplacement(count[0]++ == at ? words : r.group()));
  }

  private static void plannedOrRefused(long seed) {
    String text = odd(seed);
    try {
      Shop shop = new Documents().shop("odd", text);
      List<Finding> findings = shop.findings();
      for (Finding f : findings) {
        assertThat(f.place()).as(text).isNotBlank();
        assertThat(f.message()).as(text).isNotBlank();
        assertThat(f.remedy()).as(f + "\n" + text).isNotBlank();
      }
      if (findings.isEmpty()) {
        planned(shop, seed, text);
      }
    } catch (MillwrightException e) {
      assertThat(e.getMessage()).as(text).contains("Maybe");
    } catch (RuntimeException | OutOfMemoryError | StackOverflowError e) {
      throw new AssertionError("seed " + seed + "\n" + text, e);
    }
  }

  private static void planned(Shop shop, long seed, String text) {
    List<Objective> all =
        List.of(
            Objectives.makespan(), Objectives.weightedTardiness(), Objectives.weightedFlowTime());
    Objective objective = all.get((int) (seed % all.size()));
    Search search =
        new Search(
            shop,
            List.of(objective),
            Budget.iterations(150).atMost(Duration.ofMinutes(2)),
            1,
            1,
            Runnable::run,
            null);
    Plan plan = search.run(() -> false, p -> {});
    Timetable timetable =
        new Timetable(search.floor(), new Goal(List.of(objective), search.floor()));
    Schedule schedule = timetable.schedule(plan);
    if (timetable.feasible()) {
      assertThat(ScheduleChecker.check(shop, schedule)).as(text).isEmpty();
    }
  }
}
