package io.millwright.personalization.internal.uplift;

import io.millwright.api.ErrorCode;
import io.millwright.api.Job;
import io.millwright.api.MillwrightException;
import io.millwright.api.Optimizer;
import io.millwright.api.spi.Composer;
import io.millwright.api.spi.Jobs;
import io.millwright.personalization.Bandit;
import io.millwright.personalization.LoggedDecision;
import io.millwright.personalization.Marketing;
import io.millwright.personalization.OfferPlan;
import io.millwright.personalization.OfferProblem;
import io.millwright.personalization.Policy;
import io.millwright.personalization.PolicyValue;
import io.millwright.personalization.UpliftModel;
import io.millwright.personalization.UpliftQuestion;
import java.util.List;
import java.util.Optional;

/** The door of the room. */
public final class Uplifting implements Marketing {

  private final Composer composer;
  private final Jobs jobs;

  private Uplifting(Composer composer, Jobs jobs) {
    this.composer = composer;
    this.jobs = jobs;
  }

  /** Marketing. */
  public static Marketing of(Composer composer, Jobs jobs) {
    return new Uplifting(composer, jobs);
  }

  @Override
  public Job<UpliftModel> uplift(UpliftQuestion question) {
    if (!(question.holdOut() >= 0 && question.holdOut() <= 0.9)) {
      throw new MillwrightException(
          ErrorCode.BAD_OPTION,
          "the share held out is " + question.holdOut() + "\nMaybe use 0 to 0.9");
    }
    Trial.of(question.table(), question);
    return jobs.background()
        .start("uplift", Optional.empty(), control -> UpliftFit.run(question, control));
  }

  @Override
  public Optimizer<OfferProblem, OfferPlan> offers() {
    return new OfferAssignment(composer, jobs);
  }

  @Override
  public Bandit bandit(List<String> actions, int features, double exploration, long key) {
    return new GapBandit(actions, features, exploration, key);
  }

  @Override
  public PolicyValue judge(List<LoggedDecision> log, Policy policy) {
    return OffPolicy.judge(log, policy);
  }
}
