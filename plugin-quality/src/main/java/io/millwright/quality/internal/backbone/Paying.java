package io.millwright.quality.internal.backbone;

import io.millwright.api.ErrorCode;
import io.millwright.api.MillwrightException;
import io.millwright.quality.InspectionCosts;
import io.millwright.quality.PaidCosts;
import io.millwright.quality.Span;
import io.millwright.quality.Verdict;
import io.millwright.quality.internal.fit.Shares;
import java.util.List;

/** What decisions cost where the truth is known. */
public final class Paying {

  private Paying() {}

  /** See {@link io.millwright.quality.Quality#paid}. */
  public static PaidCosts of(
      InspectionCosts costs, List<Verdict> verdicts, List<String> truths, double level) {
    if (verdicts.isEmpty() || verdicts.size() != truths.size() || !(level > 0 && level < 1)) {
      throw new MillwrightException(
          ErrorCode.BAD_OPTION,
          verdicts.size()
              + " verdicts, "
              + truths.size()
              + " truths and the level "
              + level
              + "\nMaybe give a truth for each verdict, and a level between 0 and 1");
    }
    int escapes = 0;
    int falseRejects = 0;
    int reviews = 0;
    double expected = 0;
    for (int i = 0; i < verdicts.size(); i++) {
      double fine = verdicts.get(i).probabilities().getOrDefault(costs.good(), 0.0);
      boolean defect = !truths.get(i).equals(costs.good());
      switch (verdicts.get(i).decision()) {
        case PASS -> {
          expected += (1 - fine) * costs.escape();
          escapes += defect ? 1 : 0;
        }
        case REJECT -> {
          expected += fine * costs.falseReject();
          falseRejects += defect ? 0 : 1;
        }
        case REVIEW -> {
          expected += look(costs);
          reviews++;
        }
        default ->
            throw new MillwrightException(
                ErrorCode.BAD_OPTION,
                "verdict " + (i + 1) + " has no decision\nMaybe train with costs");
      }
    }
    int n = verdicts.size();
    double each = 1 - (1 - level) / (costs.review().isPresent() ? 3 : 2);
    Span passed = Shares.exact(escapes, n, each);
    Span rejected = Shares.exact(falseRejects, n, each);
    Span looked = costs.review().isPresent() ? Shares.exact(reviews, n, each) : new Span(0, 0, 0);
    double eye = costs.review().orElse(0);
    return new PaidCosts(
        expected / n,
        new Span(
            costs.escape() * passed.value()
                + costs.falseReject() * rejected.value()
                + eye * looked.value(),
            costs.escape() * passed.low()
                + costs.falseReject() * rejected.low()
                + eye * looked.low(),
            costs.escape() * passed.high()
                + costs.falseReject() * rejected.high()
                + eye * looked.high()));
  }

  private static double look(InspectionCosts costs) {
    return costs
        .review()
        .orElseThrow(
            () ->
                new MillwrightException(
                    ErrorCode.BAD_OPTION,
                    "a part goes to review, but these costs have none for it\nMaybe state it"));
  }
}
