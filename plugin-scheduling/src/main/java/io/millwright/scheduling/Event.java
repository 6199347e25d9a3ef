package io.millwright.scheduling;

import java.util.List;
import java.util.Objects;

/** What upsets an approved plan (disruption that asks for rescheduling). */
public sealed interface Event {

  /**
   * A machine stops; what runs on it pauses and goes on afterwards. A window without end takes the
   * machine away: what has not begun is done elsewhere; of a job for which there is no elsewhere,
   * or whose operation runs on the machine, the rest is left out, and the moves of the repair name
   * it.
   *
   * @param machine the machine's name
   * @param window when it cannot work
   */
  record Breakdown(String machine, Window window) implements Event {

    /** Checks for nulls. */
    public Breakdown {
      Objects.requireNonNull(machine, "machine");
      Objects.requireNonNull(window, "window");
    }
  }

  /**
   * One more job comes in.
   *
   * @param job the job
   */
  record RushOrder(ShopJob job) implements Event {

    /** Checks for nulls. */
    public RushOrder {
      Objects.requireNonNull(job, "job");
    }
  }

  /**
   * The material of a job comes later than planned. What has begun already goes on.
   *
   * @param job the job's name
   * @param release the first tick at which the rest of its work may begin
   */
  record LateMaterial(String job, long release) implements Event {

    /** Checks for nulls. */
    public LateMaterial {
      Objects.requireNonNull(job, "job");
    }
  }

  /**
   * There is less of a resource from now on: an operator is absent, a tool is broken.
   *
   * @param resource the resource's name
   * @param amount how many are missing, at least 1
   */
  record Absence(String resource, int amount) implements Event {

    /** Checks. */
    public Absence {
      Objects.requireNonNull(resource, "resource");
      if (amount < 1) {
        throw new IllegalArgumentException("amount is " + amount + ", but must be at least 1");
      }
    }
  }

  /**
   * All of a resource is away for a while; what runs with it pauses and goes on afterwards.
   *
   * @param resource the resource's name
   * @param window when it is not there
   */
  record Away(String resource, Window window) implements Event {

    /** Checks for nulls. */
    public Away {
      Objects.requireNonNull(resource, "resource");
      Objects.requireNonNull(window, "window");
    }
  }

  /**
   * An operation takes longer or less than planned, whether it runs, is done or has not begun.
   *
   * @param job the job's name
   * @param operation the operation's name
   * @param work the working time it takes in all, on every machine that can do it
   */
  record Duration(String job, String operation, long work) implements Event {

    /** Checks. */
    public Duration {
      Objects.requireNonNull(job, "job");
      Objects.requireNonNull(operation, "operation");
      if (work < 0) {
        throw new IllegalArgumentException("work is " + work + ", but must be at least 0");
      }
    }
  }

  /**
   * A job is no longer wanted. What of it has begun is finished; the rest is left out.
   *
   * @param job the job's name
   */
  record Cancelled(String job) implements Event {

    /** Checks for nulls. */
    public Cancelled {
      Objects.requireNonNull(job, "job");
    }
  }

  /**
   * A job is wanted otherwise: another quantity, date or weight.
   *
   * @param job the job as it is wanted now, with the operations it had
   */
  record Changed(ShopJob job) implements Event {

    /** Checks for nulls. */
    public Changed {
      Objects.requireNonNull(job, "job");
    }
  }

  /**
   * A machine works in a span in which it was thought to rest: it is back earlier, or works an
   * extra shift.
   *
   * @param machine the machine's name
   * @param window when it works after all
   */
  record Back(String machine, Window window) implements Event {

    /** Checks for nulls. */
    public Back {
      Objects.requireNonNull(machine, "machine");
      Objects.requireNonNull(window, "window");
    }
  }

  /**
   * Several things at once.
   *
   * @param events what happens, in order
   */
  record Several(List<Event> events) implements Event {

    /** Copies. */
    public Several {
      events = List.copyOf(events);
    }
  }
}
