package io.millwright.core.relearn;

import io.millwright.api.ErrorCode;
import io.millwright.api.MillwrightException;
import java.util.Objects;
import java.util.Optional;

/** How a relearning loop works (options of continual learning). Immutable and thread-safe. */
public final class RelearnPlan {

  private final String model;
  private final String alias;
  private final String target;
  private final Optional<String> group;
  private final int window;
  private final int holdout;
  private final int look;
  private final int shadow;
  private final int probation;
  private final Gate gate;
  private final Optional<AnswerLoss> loss;

  private RelearnPlan(Builder from) {
    model = from.model;
    alias = from.alias;
    target = from.target;
    group = from.group;
    window = from.window;
    holdout = from.holdout;
    look = from.look;
    shadow = from.shadow;
    probation = from.probation;
    gate = from.gate;
    loss = from.loss;
    if (window < 50 || holdout < 20 || look < 20 || shadow < 20 || probation < 20) {
      throw new MillwrightException(
          ErrorCode.BAD_OPTION,
          "a window of "
              + window
              + ", holdout "
              + holdout
              + ", look "
              + look
              + ", shadow "
              + shadow
              + ", probation "
              + probation
              + " rows\nMaybe 50 for the window and 20 for each other, or more");
    }
  }

  /**
   * A plan.
   *
   * @param model the model's name in the store
   * @param alias the alias that users open, such as {@code production}
   * @param target the column of the truth
   * @return a builder with defaults
   */
  public static Builder of(String model, String alias, String target) {
    return new Builder(model, alias, target);
  }

  String model() {
    return model;
  }

  String alias() {
    return alias;
  }

  String target() {
    return target;
  }

  Optional<String> group() {
    return group;
  }

  int window() {
    return window;
  }

  int holdout() {
    return holdout;
  }

  int look() {
    return look;
  }

  int shadow() {
    return shadow;
  }

  int probation() {
    return probation;
  }

  Gate gate() {
    return gate;
  }

  Optional<AnswerLoss> loss() {
    return loss;
  }

  /** Collects the plan. Not thread-safe. */
  public static final class Builder {
    private final String model;
    private final String alias;
    private final String target;
    private Optional<String> group = Optional.empty();
    private int window = 2000;
    private int holdout = 300;
    private int look = 100;
    private int shadow = 200;
    private int probation = 200;
    private Gate gate = Gate.standard();
    private Optional<AnswerLoss> loss = Optional.empty();

    private Builder(String model, String alias, String target) {
      this.model = Objects.requireNonNull(model, "model");
      this.alias = Objects.requireNonNull(alias, "alias");
      this.target = Objects.requireNonNull(target, "target");
    }

    /**
     * The column of groups, none of which may become much worse.
     *
     * @param column its name
     * @return this
     */
    public Builder group(String column) {
      group = Optional.of(column);
      return this;
    }

    /**
     * On how many of the newest rows a challenger is trained.
     *
     * @param rows 2000 by default
     * @return this
     */
    public Builder window(int rows) {
      window = rows;
      return this;
    }

    /**
     * How many of the newest rows are kept from its training, to judge it.
     *
     * @param rows 300 by default
     * @return this
     */
    public Builder holdout(int rows) {
      holdout = rows;
      return this;
    }

    /**
     * How many rows the watch looks at together.
     *
     * @param rows 100 by default
     * @return this
     */
    public Builder look(int rows) {
      look = rows;
      return this;
    }

    /**
     * For how many new rows a challenger answers in shadow.
     *
     * @param rows 200 by default
     * @return this
     */
    public Builder shadow(int rows) {
      shadow = rows;
      return this;
    }

    /**
     * For how many new rows a promoted model is on probation.
     *
     * @param rows 200 by default
     * @return this
     */
    public Builder probation(int rows) {
      probation = rows;
      return this;
    }

    /**
     * The rule of promotion.
     *
     * @param rule {@link Gate#standard} by default
     * @return this
     */
    public Builder gate(Gate rule) {
      gate = Objects.requireNonNull(rule, "rule");
      return this;
    }

    /**
     * The host's own figure, by which models are watched, judged and rolled back.
     *
     * @param figure squared error, or log loss of classes, by default
     * @return this
     */
    public Builder loss(AnswerLoss figure) {
      loss = Optional.of(figure);
      return this;
    }

    /**
     * Makes the plan.
     *
     * @return the plan
     * @throws MillwrightException with {@link ErrorCode#BAD_OPTION}
     */
    public RelearnPlan build() {
      return new RelearnPlan(this);
    }
  }
}
