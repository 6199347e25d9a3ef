package io.millwright.scheduling;

import io.millwright.api.ErrorCode;
import io.millwright.api.MillwrightException;

/**
 * A stochastic dynamic job shop to try dispatching on: jobs arrive by surprise (Poisson), machines
 * fail and are repaired (exponential times), steps take shorter or longer than expected
 * (log-normal). Durations are drawn from 1 to 99, so that the mean step takes 50; weights are 1, 2
 * or 4 for a fifth, three fifths and a fifth of the jobs (Pinedo and Singer 1999). Immutable.
 */
public final class StochasticShop {

  private final Builder parts;

  private StochasticShop(Builder from) {
    parts = from.copy();
  }

  /**
   * A builder with the defaults: 10 machines at 90 %, 4 to 10 steps a job, due dates at 2 to 6
   * times a job's own work, 5 % of the time down, steps spread by 20 %, 1,500 jobs of which the
   * first 300 do not count.
   *
   * @return the builder
   */
  public static Builder builder() {
    return new Builder();
  }

  /** {@return how many machines there are} */
  public int machines() {
    return parts.machines;
  }

  /** {@return the share of the time that machines are up in which they have work} */
  public double utilisation() {
    return parts.utilisation;
  }

  /** {@return the least number of steps of a job} */
  public int leastSteps() {
    return parts.leastSteps;
  }

  /** {@return the largest number of steps of a job} */
  public int mostSteps() {
    return parts.mostSteps;
  }

  /** {@return the tightest due date, as a multiple of the job's own work behind its arrival} */
  public double leastAllowance() {
    return parts.leastAllowance;
  }

  /** {@return the loosest due date} */
  public double mostAllowance() {
    return parts.mostAllowance;
  }

  /** {@return the mean time from a repair to the next failure; infinite for none} */
  public double upTime() {
    return parts.upTime;
  }

  /** {@return the mean time of a repair} */
  public double repairTime() {
    return parts.repairTime;
  }

  /** {@return how far real durations spread around the expected ones, as a share} */
  public double spread() {
    return parts.spread;
  }

  /** {@return how many jobs arrive in a run} */
  public int jobs() {
    return parts.jobs;
  }

  /** {@return how many of the first jobs do not count} */
  public int warmUp() {
    return parts.warmUp;
  }

  /** {@return how many jobs are there at the beginning} */
  public int backlog() {
    return parts.backlog;
  }

  /** Collects the parts. Not thread-safe. */
  public static final class Builder {
    private int machines = 10;
    private double utilisation = 0.9;
    private int leastSteps = 4;
    private int mostSteps = 10;
    private double leastAllowance = 2;
    private double mostAllowance = 6;
    private double upTime = 1900;
    private double repairTime = 100;
    private double spread = 0.2;
    private int jobs = 1500;
    private int warmUp = 300;
    private int backlog;

    private Builder() {}

    private Builder copy() {
      Builder copy = new Builder();
      copy.machines = machines;
      copy.utilisation = utilisation;
      copy.leastSteps = leastSteps;
      copy.mostSteps = mostSteps;
      copy.leastAllowance = leastAllowance;
      copy.mostAllowance = mostAllowance;
      copy.upTime = upTime;
      copy.repairTime = repairTime;
      copy.spread = spread;
      copy.jobs = jobs;
      copy.warmUp = warmUp;
      copy.backlog = backlog;
      return copy;
    }

    /**
     * Sets the number of machines, from 1 to 1,000.
     *
     * @param value how many
     * @return this builder
     */
    public Builder machines(int value) {
      machines = value;
      return this;
    }

    /**
     * Sets the share of the time up in which machines have work, above 0 and at most 1.5.
     *
     * @param value the share
     * @return this builder
     */
    public Builder utilisation(double value) {
      utilisation = value;
      return this;
    }

    /**
     * Sets how many steps jobs have, all on different machines.
     *
     * @param least at least 1
     * @param most at most as many as machines
     * @return this builder
     */
    public Builder steps(int least, int most) {
      leastSteps = least;
      mostSteps = most;
      return this;
    }

    /**
     * Sets how far due dates lie behind arrivals, as multiples of a job's own work.
     *
     * @param least the tightest, at least 0
     * @param most the loosest, finite
     * @return this builder
     */
    public Builder allowance(double least, double most) {
      leastAllowance = least;
      mostAllowance = most;
      return this;
    }

    /**
     * Sets how machines fail.
     *
     * @param up the mean time from a repair to the next failure, above 0; infinite for no failures
     * @param repair the mean time of a repair, at least 0
     * @return this builder
     */
    public Builder failures(double up, double repair) {
      upTime = up;
      repairTime = repair;
      return this;
    }

    /**
     * Sets how far real durations spread around the expected ones, from 0 to 1.
     *
     * @param value the standard deviation of the logarithm
     * @return this builder
     */
    public Builder spread(double value) {
      spread = value;
      return this;
    }

    /**
     * Sets the length of a run.
     *
     * @param count how many jobs arrive, at most 1,000,000
     * @param uncounted how many of the first do not count, fewer than that
     * @return this builder
     */
    public Builder jobs(int count, int uncounted) {
      jobs = count;
      warmUp = uncounted;
      return this;
    }

    /**
     * Sets how many of the jobs are there at the beginning.
     *
     * @param value fewer than all jobs
     * @return this builder
     */
    public Builder backlog(int value) {
      backlog = value;
      return this;
    }

    /**
     * Checks the parts and puts them together.
     *
     * @return the shop
     * @throws MillwrightException with {@link ErrorCode#BAD_OPTION} naming what is out of range
     */
    public StochasticShop build() {
      require(machines >= 1 && machines <= 1000, "machines is " + machines, "from 1 to 1,000");
      require(
          utilisation > 0 && utilisation <= 1.5,
          "the utilisation is " + utilisation,
          "above 0 and at most 1.5");
      require(
          leastSteps >= 1 && mostSteps >= leastSteps && mostSteps <= machines,
          "steps are " + leastSteps + " to " + mostSteps,
          "rising, from 1 to the " + machines + " machines");
      require(
          leastAllowance >= 0 && mostAllowance >= leastAllowance && mostAllowance < 1e9,
          "allowances are " + leastAllowance + " to " + mostAllowance,
          "rising, from 0");
      require(
          upTime > 0 && repairTime >= 0 && repairTime < 1e9,
          "the time up is " + upTime + ", of a repair " + repairTime,
          "above 0, and at least 0");
      require(spread >= 0 && spread <= 1, "the spread is " + spread, "from 0 to 1");
      require(jobs >= 1 && jobs <= 1_000_000, "jobs is " + jobs, "from 1 to 1,000,000");
      require(
          warmUp >= 0 && warmUp < jobs, "the warm-up is " + warmUp, "at least 0, below " + jobs);
      require(
          backlog >= 0 && backlog < jobs, "the backlog is " + backlog, "at least 0, below " + jobs);
      return new StochasticShop(this);
    }

    private static void require(boolean good, String value, String range) {
      if (!good) {
        throw new MillwrightException(ErrorCode.BAD_OPTION, value + "\nMaybe " + range);
      }
    }
  }
}
