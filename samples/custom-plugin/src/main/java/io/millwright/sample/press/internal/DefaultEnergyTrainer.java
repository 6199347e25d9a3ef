package io.millwright.sample.press.internal;

import io.millwright.api.ErrorCode;
import io.millwright.api.Job;
import io.millwright.api.Trained;
import io.millwright.api.learn.Activation;
import io.millwright.api.learn.Learning;
import io.millwright.api.learn.Network;
import io.millwright.api.learn.Networks;
import io.millwright.api.learn.Preparation;
import io.millwright.api.learn.Recipe;
import io.millwright.api.learn.Sample;
import io.millwright.api.learn.Samples;
import io.millwright.api.learn.Split;
import io.millwright.api.spi.LearningToolkit;
import io.millwright.api.spi.Problems;
import io.millwright.sample.press.Energy;
import io.millwright.sample.press.EnergyTrainer;
import io.millwright.sample.press.MeasuredStroke;
import io.millwright.sample.press.Stroke;
import java.nio.file.Path;
import java.util.List;

/** Turns strokes into samples, and hands them to the toolkit with a recipe. */
record DefaultEnergyTrainer(LearningToolkit toolkit, Network network, Learning learning)
    implements EnergyTrainer {

  /** Each part of the presses is judged by a network that learnt from the others. */
  private static final int FOLDS = 3;

  private static final int LEAST_STROKES = 30;

  static EnergyTrainer of(LearningToolkit toolkit) {
    return new DefaultEnergyTrainer(
        toolkit,
        Networks.mlp(Activation.SILU, 32, 16),
        Learning.adamW(3e-3, 1e-3).batch(64).epochs(60));
  }

  @Override
  public EnergyTrainer network(Network other) {
    return new DefaultEnergyTrainer(toolkit, other, learning);
  }

  @Override
  public EnergyTrainer learning(Learning other) {
    return new DefaultEnergyTrainer(toolkit, network, other);
  }

  @Override
  public Job<Trained<Stroke, Energy>> train(List<MeasuredStroke> strokes) {
    return toolkit.trainer(recipe()).train(samples(strokes));
  }

  @Override
  public Job<Trained<Stroke, Energy>> resume(Path checkpoint, List<MeasuredStroke> strokes) {
    return toolkit.trainer(recipe()).resume(checkpoint, samples(strokes));
  }

  private Recipe<Stroke, Energy, Energy> recipe() {
    return Recipe.of(StrokeEnergy.BINDING)
        .preparation(Preparation.standard())
        .network(network)
        .learning(learning)
        .split(Split.folds(FOLDS))
        .build();
  }

  private static Samples<Stroke, Energy> samples(List<MeasuredStroke> strokes) {
    Problems problems = new Problems("the measured strokes");
    long presses = strokes.stream().map(MeasuredStroke::press).distinct().count();
    if (presses < FOLDS) {
      problems.add(
          ErrorCode.TOO_FEW_DATA,
          "press",
          "there are strokes of " + presses + " presses, but " + FOLDS + " are needed",
          "record strokes of more presses: a model must be judged on presses it has not seen");
    }
    if (strokes.size() < LEAST_STROKES) {
      problems.add(
          ErrorCode.TOO_FEW_DATA,
          "strokes",
          "there are " + strokes.size() + ", but " + LEAST_STROKES + " are needed",
          "record for longer");
    }
    problems.throwIfAny();
    return new Samples<>(
        strokes.stream().map(s -> Sample.of(s.press(), s.stroke(), s.energy())).toList());
  }
}
