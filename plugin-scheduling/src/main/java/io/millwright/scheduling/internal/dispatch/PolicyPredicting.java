package io.millwright.scheduling.internal.dispatch;

import io.millwright.api.Finding;
import io.millwright.api.MillwrightException;
import io.millwright.api.Outcome;
import io.millwright.api.Uncertainties;
import io.millwright.api.spi.PlainPredictor;
import io.millwright.scheduling.Dispatcher;
import io.millwright.scheduling.Schedule;
import io.millwright.scheduling.Shop;
import java.util.List;
import java.util.Set;

/** A policy behind the front door: plans shops. */
final class PolicyPredicting extends PlainPredictor<Shop, Schedule> {

  private final Dispatcher dispatcher;

  PolicyPredicting(Dispatcher dispatcher) {
    super(dispatcher.info(), "ask Planner.explain, which explains any plan");
    this.dispatcher = dispatcher;
  }

  @Override
  protected Outcome<Schedule> answer(Shop shop) {
    List<Finding> findings = shop.findings();
    if (!findings.isEmpty()) {
      return new Outcome.Abstention<>(findings.get(0).code(), findings, info());
    }
    try {
      return new Outcome.Prediction<>(
          dispatcher.plan(shop),
          Uncertainties.none("a plan is made, not measured"),
          Set.of(),
          info());
    } catch (MillwrightException e) {
      String[] said = String.valueOf(e.getMessage()).split("\nMaybe ", 2);
      return abstain(
          e.code(), shop.name(), said[0], said.length > 1 ? said[1] : "let the optimizer search.");
    }
  }
}
