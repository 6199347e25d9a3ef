package io.millwright.scheduling;

import static org.assertj.core.api.Assertions.assertThat;

import io.millwright.api.Finding;
import java.util.List;

/** Small shops and plans, and what the checker says of them. */
final class CheckerCases {

  static final Machine M = Machine.of("m");
  static final Machine N = Machine.of("n");

  static Operation op(String id, String machine, long duration) {
    return Operation.of(id, Alternative.of(machine, duration));
  }

  static Shop shop(ShopJob... jobs) {
    return Shop.of("rules", List.of(M, N), List.of(jobs));
  }

  static Assignment at(String job, String operation, String machine, long from, long to) {
    return new Assignment(job, operation, machine, 0, from, to);
  }

  static List<String> broken(Shop shop, Assignment... plan) {
    return ScheduleChecker.check(shop, new Schedule(List.of(plan))).stream()
        .map(Finding::message)
        .toList();
  }

  static void good(Shop shop, Assignment... plan) {
    assertThat(broken(shop, plan)).isEmpty();
  }

  /** Exactly these findings, in order. */
  static void bad(Shop shop, List<String> texts, Assignment... plan) {
    List<String> found = broken(shop, plan);
    assertThat(found).hasSameSizeAs(texts);
    for (int i = 0; i < texts.size(); i++) {
      assertThat(found.get(i)).contains(texts.get(i));
    }
  }

  private CheckerCases() {}
}
