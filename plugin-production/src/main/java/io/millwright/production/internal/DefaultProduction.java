package io.millwright.production.internal;

import io.millwright.api.Optimizer;
import io.millwright.api.spi.Composer;
import io.millwright.api.spi.Jobs;
import io.millwright.production.Allocator;
import io.millwright.production.BalanceProblem;
import io.millwright.production.Bottlenecks;
import io.millwright.production.FlowAnalysis;
import io.millwright.production.Indicators;
import io.millwright.production.LineBalance;
import io.millwright.production.LoadTrainer;
import io.millwright.production.MasterPlanner;
import io.millwright.production.Production;
import io.millwright.production.internal.allocation.DefaultAllocator;
import io.millwright.production.internal.balance.DefaultBalancer;
import io.millwright.production.internal.bottleneck.DefaultBottlenecks;
import io.millwright.production.internal.flow.Flow;
import io.millwright.production.internal.indicators.IsoIndicators;
import io.millwright.production.internal.load.DefaultLoadTrainer;
import io.millwright.production.internal.planning.DefaultPlanner;
import jakarta.inject.Inject;

/** The facade. */
final class DefaultProduction implements Production {

  private final Jobs jobs;
  private final Composer composer;

  @Inject
  DefaultProduction(Jobs jobs, Composer composer) {
    this.jobs = jobs;
    this.composer = composer;
  }

  @Override
  public FlowAnalysis flow() {
    return Flow.analysis();
  }

  @Override
  public Bottlenecks bottlenecks() {
    return DefaultBottlenecks.of(jobs);
  }

  @Override
  public Optimizer<BalanceProblem, LineBalance> balancing() {
    return new DefaultBalancer(jobs, composer);
  }

  @Override
  public MasterPlanner planning() {
    return new DefaultPlanner(jobs, composer);
  }

  @Override
  public LoadTrainer load() {
    return DefaultLoadTrainer.of(composer, jobs);
  }

  @Override
  public Allocator allocation() {
    return new DefaultAllocator(jobs, composer);
  }

  @Override
  public Indicators indicators() {
    return new IsoIndicators();
  }
}
