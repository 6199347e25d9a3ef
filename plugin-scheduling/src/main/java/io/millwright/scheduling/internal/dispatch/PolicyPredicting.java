package io.millwright.scheduling.internal.dispatch;

import io.millwright.api.ErrorCode;
import io.millwright.api.ExplainRequest;
import io.millwright.api.Explanation;
import io.millwright.api.Finding;
import io.millwright.api.MillwrightException;
import io.millwright.api.ModelInfo;
import io.millwright.api.Outcome;
import io.millwright.api.Predictor;
import io.millwright.api.Uncertainties;
import io.millwright.scheduling.Dispatcher;
import io.millwright.scheduling.Schedule;
import io.millwright.scheduling.Shop;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;

/** A policy behind the front door: plans shops. */
final class PolicyPredicting implements Predictor<Shop, Schedule> {

  private final Dispatcher dispatcher;
  private final AtomicBoolean closed = new AtomicBoolean();

  PolicyPredicting(Dispatcher dispatcher) {
    this.dispatcher = dispatcher;
  }

  @Override
  public Outcome<Schedule> predict(Shop shop) {
    if (closed.get()) {
      throw new MillwrightException(
          ErrorCode.CLOSED, "this predictor was closed\nMaybe open it again, or close it later");
    }
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
      return new Outcome.Abstention<>(
          e.code(),
          List.of(
              new Finding(
                  e.code(),
                  shop.name(),
                  said[0],
                  said.length > 1 ? said[1] : "let the optimizer search.")),
          info());
    }
  }

  @Override
  public List<Outcome<Schedule>> predictAll(List<? extends Shop> shops) {
    return shops.stream().map(this::predict).toList();
  }

  @Override
  public Explanation explain(Shop shop, ExplainRequest how) {
    throw new MillwrightException(
        ErrorCode.UNSUPPORTED,
        "a dispatching policy explains no plan\nMaybe ask Planner.explain, which explains any");
  }

  @Override
  public ModelInfo info() {
    return dispatcher.info();
  }

  @Override
  public void close() {
    closed.set(true);
  }
}
