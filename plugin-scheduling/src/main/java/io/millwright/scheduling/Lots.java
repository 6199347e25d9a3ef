package io.millwright.scheduling;

import io.millwright.api.ErrorCode;
import io.millwright.api.MillwrightException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.OptionalLong;
import java.util.Set;

/**
 * Splits a job into lots, which run on several machines at once or overlap from step to step (lot
 * streaming, lot splitting). Each lot is a job of its own, named {@code job/1}, {@code job/2} and
 * so on, with its share of the quantity: the search gives every lot its machine and place. The part
 * of a duration that does not depend on the quantity is spent for every lot.
 */
public final class Lots {
  private Lots() {}

  /**
   * The lots of a job, which have its dates, and their share of its weight and rejection cost.
   *
   * @param job the job; what its operations move of stocks counts by the piece
   * @param count how many lots, at least 1 and at most the quantity
   * @return the lots
   * @throws MillwrightException with {@link ErrorCode#BAD_OPTION} when the job cannot be split so
   */
  public static List<ShopJob> of(ShopJob job, int count) {
    return split(job, count, job.operations());
  }

  /**
   * The lots of a job that are joined again: an operation and all behind it in the job are done
   * once, for the whole quantity, when every lot has come so far.
   *
   * @param job the job, which cannot be left out; what is split moves stocks by the piece
   * @param count how many lots, at least 1 and at most the quantity
   * @param operation the first operation that is done once
   * @return the lots, without dates and weight but the release, and as the last one the rest of the
   *     job, under its own name
   * @throws MillwrightException with {@link ErrorCode#BAD_OPTION} when the job cannot be split so
   */
  public static List<ShopJob> joined(ShopJob job, int count, String operation) {
    if (job.rejection().isPresent()) {
      throw bad(job, "can be left out, which its lots could not be one by one");
    }
    Set<String> joint = new HashSet<>(Set.of(operation));
    for (int size = 0; size < joint.size(); ) {
      size = joint.size();
      for (Operation o : job.operations()) {
        boolean behind = o.after().stream().anyMatch(joint::contains);
        behind |= o.lags().stream().anyMatch(l -> own(job, l) && joint.contains(l.operation()));
        if (behind) {
          joint.add(o.id());
        }
      }
    }
    List<Operation> before =
        job.operations().stream().filter(o -> !joint.contains(o.id())).toList();
    if (before.isEmpty() || before.size() == job.operations().size()) {
      throw bad(
          job,
          "cannot be joined at operation \""
              + operation
              + "\", which "
              + (before.isEmpty() ? "nothing comes before" : "it does not have"));
    }
    List<ShopJob> all = new ArrayList<>();
    for (ShopJob lot : split(job, count, before)) {
      all.add(
          lot.toBuilder()
              .due(OptionalLong.empty())
              .deadline(OptionalLong.empty())
              .weight(0)
              .build());
    }
    List<Operation> rest = new ArrayList<>();
    for (Operation o : job.operations()) {
      if (joint.contains(o.id())) {
        rest.add(waiting(job, o, joint, all));
      }
    }
    all.add(job.toBuilder().operations(rest).build());
    return all;
  }

  /** A joint operation that waits for all lots where it waited for one operation. */
  private static Operation waiting(
      ShopJob job, Operation o, Set<String> joint, List<ShopJob> lots) {
    List<Lag> lags = new ArrayList<>();
    for (Lag lag : o.lags()) {
      if (!own(job, lag) || joint.contains(lag.operation())) {
        lags.add(lag);
        continue;
      }
      for (ShopJob lot : lots) {
        Lag own = new Lag(lot.id(), lag.operation(), lag.from(), lag.least());
        lags.add(lag.most().isPresent() ? own.within(lag.most().getAsLong()) : own);
      }
    }
    for (String id : o.after()) {
      for (ShopJob lot : lots) {
        if (!joint.contains(id)) {
          lags.add(Lag.fed(lot.id(), id));
        }
      }
    }
    return o.toBuilder()
        .after(o.after().stream().filter(joint::contains).toList())
        .lags(lags)
        .build();
  }

  private static List<ShopJob> split(ShopJob job, int count, List<Operation> operations) {
    Objects.requireNonNull(job, "job");
    if (count < 1 || count > job.quantity()) {
      throw bad(job, "of " + job.quantity() + " pieces cannot be split into " + count + " lots");
    }
    for (Operation o : operations) {
      for (Flow f : o.flows()) {
        if (f.amount() != 0 && count > 1) {
          throw bad(
              job,
              "moves "
                  + f.amount()
                  + " of stock "
                  + f.stock()
                  + " at operation "
                  + o.id()
                  + " whatever its quantity, which has no share for a lot");
        }
      }
    }
    // A lot waits for itself, whether the lag names its job or not.
    List<Operation> steps = operations.stream().map(o -> unnamed(job, o)).toList();
    List<ShopJob> lots = new ArrayList<>();
    for (int k = 1; k <= count; k++) {
      long pieces = job.quantity() / count + (k <= job.quantity() % count ? 1 : 0);
      ShopJob.Builder lot =
          job.toBuilder()
              .id(job.id() + "/" + k)
              .operations(steps)
              .quantity(pieces)
              .weight(job.weight() * pieces / job.quantity());
      if (job.rejection().isPresent()) {
        lot.rejection(job.rejection().getAsDouble() * pieces / job.quantity());
      }
      lots.add(lot.build());
    }
    return lots;
  }

  private static boolean own(ShopJob job, Lag lag) {
    return lag.job().isEmpty() || lag.job().equals(job.id());
  }

  private static Operation unnamed(ShopJob job, Operation o) {
    return o.lags().stream().noneMatch(l -> l.job().equals(job.id()))
        ? o
        : o.toBuilder()
            .lags(o.lags().stream().map(l -> own(job, l) ? unnamed(l) : l).toList())
            .build();
  }

  private static Lag unnamed(Lag lag) {
    Lag own = new Lag("", lag.operation(), lag.from(), lag.least());
    return lag.most().isPresent() ? own.within(lag.most().getAsLong()) : own;
  }

  private static MillwrightException bad(ShopJob job, String what) {
    return new MillwrightException(
        ErrorCode.BAD_OPTION,
        "job \"" + job.id() + "\" " + what + "\nMaybe split it by hand, or leave it whole");
  }
}
