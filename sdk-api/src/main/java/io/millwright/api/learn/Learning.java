package io.millwright.api.learn;

import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * How to learn (training hyper-parameters). Every field has a default that is used unless a method
 * says otherwise; the record is immutable, each method gives a new one.
 *
 * <pre>{@code
 * Learning.adam(1e-3).batch(32).epochs(100).earlyStopping(10)
 * }</pre>
 */
public final class Learning {

  /** How classes are weighed. */
  public enum ClassWeights {
    /** Every sample counts the same. */
    NONE,
    /**
     * Every class counts the same: a sample weighs (samples) / (classes x samples of its class).
     */
    BALANCED,
    /** The root of {@link #BALANCED}, between the two. */
    SQUARE_ROOT
  }

  private final LearningRule rule;
  private final Schedule schedule;
  private final Optional<Loss> loss;
  private final int batch;
  private final int epochs;
  private final int patience;
  private final double clipNorm;
  private final double l1;
  private final double l2;
  private final double averaging;
  private final ClassWeights classWeights;
  private final int members;
  private final long key;
  private final Optional<Path> checkpoints;
  private final int checkpointEvery;
  private final Optional<Privacy> privacy;

  private Learning(Draft from) {
    rule = from.rule;
    schedule = from.schedule;
    loss = from.loss;
    batch = from.batch;
    epochs = from.epochs;
    patience = from.patience;
    clipNorm = from.clipNorm;
    l1 = from.l1;
    l2 = from.l2;
    averaging = from.averaging;
    classWeights = from.classWeights;
    members = from.members;
    key = from.key;
    checkpoints = from.checkpoints;
    checkpointEvery = from.checkpointEvery;
    privacy = from.privacy;
    Objects.requireNonNull(rule, "rule");
    Objects.requireNonNull(schedule, "schedule");
    Objects.requireNonNull(loss, "loss");
    Objects.requireNonNull(classWeights, "classWeights");
    Objects.requireNonNull(checkpoints, "checkpoints");
    Checks.atLeast("batch", batch, 1);
    Checks.atLeast("epochs", epochs, 1);
    Checks.atLeast("patience", patience, 0);
    Checks.notNegative("clipNorm", clipNorm);
    Checks.notNegative("l1", l1);
    Checks.notNegative("l2", l2);
    Checks.fraction("averaging", averaging);
    Checks.atLeast("members", members, 1);
    Checks.atLeast("checkpointEvery", checkpointEvery, 1);
  }

  /**
   * Learning with a rule and all defaults: batches of 32, 100 epochs, a constant rate, no early
   * stopping, one member, key 0.
   *
   * @param rule the rule
   * @return the options
   */
  public static Learning with(LearningRule rule) {
    return new Learning(new Draft(rule));
  }

  /**
   * Learning with Adam (0.9, 0.999, 1e-8).
   *
   * @param rate the step size
   * @return the options
   */
  public static Learning adam(double rate) {
    return with(new LearningRule.Adam(rate, 0.9, 0.999, 1e-8));
  }

  /**
   * Learning with AdamW (0.9, 0.999, 1e-8).
   *
   * @param rate the step size
   * @param decay the weight decay
   * @return the options
   */
  public static Learning adamW(double rate, double decay) {
    return with(new LearningRule.AdamW(rate, 0.9, 0.999, 1e-8, decay));
  }

  /**
   * Learning with stochastic gradient descent.
   *
   * @param rate the step size
   * @param momentum 0 for none, below 1
   * @return the options
   */
  public static Learning sgd(double rate, double momentum) {
    return with(new LearningRule.Sgd(rate, momentum));
  }

  /**
   * The same with another schedule.
   *
   * @param value how the step size changes
   * @return the new options
   */
  public Learning schedule(Schedule value) {
    return with(d -> d.schedule = value);
  }

  /**
   * The same with another loss.
   *
   * @param value what is made small
   * @return the new options
   */
  public Learning loss(Loss value) {
    return with(d -> d.loss = Optional.of(value));
  }

  /**
   * The same with another batch size.
   *
   * @param samples how many samples one step sees
   * @return the new options
   */
  public Learning batch(int samples) {
    return with(d -> d.batch = samples);
  }

  /**
   * The same with another number of epochs.
   *
   * @param most how often all samples are seen, at the most
   * @return the new options
   */
  public Learning epochs(int most) {
    return with(d -> d.epochs = most);
  }

  /**
   * The same with early stopping, judged on samples held out by the {@link Split}.
   *
   * @param epochsWithoutProgress how many epochs to wait for a better validation loss; 0 for no
   *     early stopping
   * @return the new options
   */
  public Learning earlyStopping(int epochsWithoutProgress) {
    return with(d -> d.patience = epochsWithoutProgress);
  }

  /**
   * The same with a limit on the gradient.
   *
   * @param norm the largest length over all weights; 0 for no limit
   * @return the new options
   */
  public Learning clipNorm(double norm) {
    return with(d -> d.clipNorm = norm);
  }

  /**
   * The same with penalties on the weights.
   *
   * @param absolute the factor of the sum of absolute weights
   * @param squared the factor of half the sum of squared weights
   * @return the new options
   */
  public Learning penalties(double absolute, double squared) {
    return with(
        d -> {
          d.l1 = absolute;
          d.l2 = squared;
        });
  }

  /**
   * The same with averaged weights.
   *
   * @param decay the decay of the average per step; 0 for none
   * @return the new options
   */
  public Learning averaging(double decay) {
    return with(d -> d.averaging = decay);
  }

  /**
   * The same with other weights of classes.
   *
   * @param weights how classes are weighed
   * @return the new options
   */
  public Learning classWeights(ClassWeights weights) {
    return with(d -> d.classWeights = weights);
  }

  /**
   * The same with several networks that are averaged.
   *
   * @param networks how many for each fold
   * @return the new options
   */
  public Learning members(int networks) {
    return with(d -> d.members = networks);
  }

  /**
   * The same with another key of randomness.
   *
   * @param value the key
   * @return the new options
   */
  public Learning key(long value) {
    return with(d -> d.key = value);
  }

  /**
   * The same with differentially private steps. The epsilon that comes of it stands in the settings
   * of the model's provenance, and so on its card. Training refuses with it what would look at rows
   * without noise: early stopping, weights of classes, and a choice among several models.
   *
   * @param value noise, length and delta
   * @return the new options
   */
  public Learning privacy(Privacy value) {
    return with(d -> d.privacy = Optional.of(value));
  }

  /**
   * The same with checkpoints, from which {@link io.millwright.api.Trainer#resume} can go on.
   *
   * @param folder made when it does not exist
   * @param everyEpochs how many epochs lie between checkpoints
   * @return the new options
   */
  public Learning checkpoints(Path folder, int everyEpochs) {
    return with(
        d -> {
          d.checkpoints = Optional.of(folder);
          d.checkpointEvery = everyEpochs;
        });
  }

  /**
   * The same without checkpoints.
   *
   * @return the new options
   */
  public Learning withoutCheckpoints() {
    return with(d -> d.checkpoints = Optional.empty());
  }

  private Learning with(Consumer<Draft> change) {
    Draft draft = new Draft(this);
    change.accept(draft);
    return new Learning(draft);
  }

  /** The values while one of them changes, so that each method above names only its own. */
  private static final class Draft {
    private final LearningRule rule;
    private Schedule schedule = new Schedule.Constant();
    private Optional<Loss> loss = Optional.empty();
    private int batch = 32;
    private int epochs = 100;
    private int patience;
    private double clipNorm;
    private double l1;
    private double l2;
    private double averaging;
    private ClassWeights classWeights = ClassWeights.NONE;
    private int members = 1;
    private long key;
    private Optional<Path> checkpoints = Optional.empty();
    private int checkpointEvery = 5;
    private Optional<Privacy> privacy = Optional.empty();

    Draft(LearningRule rule) {
      this.rule = rule;
    }

    Draft(Learning from) {
      rule = from.rule;
      schedule = from.schedule;
      loss = from.loss;
      batch = from.batch;
      epochs = from.epochs;
      patience = from.patience;
      clipNorm = from.clipNorm;
      l1 = from.l1;
      l2 = from.l2;
      averaging = from.averaging;
      classWeights = from.classWeights;
      members = from.members;
      key = from.key;
      checkpoints = from.checkpoints;
      checkpointEvery = from.checkpointEvery;
      privacy = from.privacy;
    }
  }

  /** {@return how gradients change weights} */
  public LearningRule rule() {
    return rule;
  }

  /** {@return how the step size changes} */
  public Schedule schedule() {
    return schedule;
  }

  /**
   * {@return what is made small, or empty for the target's own: squared error for a quantity, cross
   * entropy for classes}
   */
  public Optional<Loss> loss() {
    return loss;
  }

  /** {@return how many samples one step sees} */
  public int batch() {
    return batch;
  }

  /** {@return how often all samples are seen, at the most} */
  public int epochs() {
    return epochs;
  }

  /**
   * {@return stop after so many epochs without a better validation loss, and go back to the best; 0
   * for never}
   */
  public int patience() {
    return patience;
  }

  /**
   * {@return the largest length of the gradient over all weights, which longer ones are scaled down
   * to; 0 for no limit}
   */
  public double clipNorm() {
    return clipNorm;
  }

  /**
   * {@return the factor of the sum of absolute weights, biases and norms excluded, that is added to
   * the loss}
   */
  public double l1() {
    return l1;
  }

  /**
   * {@return the factor of half the sum of squared weights, biases and norms excluded, that is
   * added to the loss}
   */
  public double l2() {
    return l2;
  }

  /**
   * {@return the decay per step of an exponential average of the weights, which is used in their
   * place at the end; 0 for none. Early in training the decay is (1 + step) / (10 + step) when that
   * is smaller}
   */
  public double averaging() {
    return averaging;
  }

  /** {@return how classes are weighed in the loss} */
  public ClassWeights classWeights() {
    return classWeights;
  }

  /** {@return how many networks are trained from different starts for each fold and averaged} */
  public int members() {
    return members;
  }

  /** {@return the key from which all randomness is drawn} */
  public long key() {
    return key;
  }

  /** {@return the folder where checkpoints are kept, or empty for none} */
  public Optional<Path> checkpoints() {
    return checkpoints;
  }

  /** {@return how many epochs lie between checkpoints} */
  public int checkpointEvery() {
    return checkpointEvery;
  }

  /** {@return how steps keep rows private, or empty for ordinary steps} */
  public Optional<Privacy> privacy() {
    return privacy;
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof Learning that && parts().equals(that.parts());
  }

  @Override
  public int hashCode() {
    return parts().hashCode();
  }

  @Override
  public String toString() {
    return "Learning[rule="
        + rule
        + ", schedule="
        + schedule
        + ", loss="
        + loss
        + ", batch="
        + batch
        + ", epochs="
        + epochs
        + ", patience="
        + patience
        + ", clipNorm="
        + clipNorm
        + ", l1="
        + l1
        + ", l2="
        + l2
        + ", averaging="
        + averaging
        + ", classWeights="
        + classWeights
        + ", members="
        + members
        + ", key="
        + key
        + ", checkpoints="
        + checkpoints
        + ", checkpointEvery="
        + checkpointEvery
        + privacy.map(p -> ", privacy=" + p).orElse("")
        + "]";
  }

  private List<Object> parts() {
    return List.of(
        rule,
        schedule,
        loss,
        batch,
        epochs,
        patience,
        clipNorm,
        l1,
        l2,
        averaging,
        classWeights,
        members,
        key,
        checkpoints,
        checkpointEvery,
        privacy);
  }
}
