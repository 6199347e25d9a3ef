package io.millwright.personalization;

import io.millwright.api.ErrorCode;
import io.millwright.api.spi.Problems;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Which offers to make to whom.
 *
 * @param customers the customers
 * @param offers the offers
 * @param values what an offer to a customer is expected to earn, by their names; pairs that are
 *     absent are not made
 * @param budget what all offers may cost together
 */
public record OfferProblem(
    List<Recipient> customers,
    List<Offer> offers,
    Map<String, Map<String, Double>> values,
    double budget) {

  /**
   * A customer.
   *
   * @param name the name
   * @param consent the channels that the customer agreed to be contacted by
   * @param contacts how many offers the customer may get at most
   */
  public record Recipient(String name, Set<String> consent, int contacts) {
    /** Copies. */
    public Recipient {
      consent = Set.copyOf(consent);
    }
  }

  /**
   * An offer.
   *
   * @param name the name
   * @param channel by which it is made, such as {@code email}
   * @param cost what making it costs once
   * @param most how often it can be made
   */
  public record Offer(String name, String channel, double cost, int most) {}

  /**
   * Checks and copies.
   *
   * @throws io.millwright.api.MillwrightException with {@link ErrorCode#BAD_OPTION}: all problems
   *     at once
   */
  public OfferProblem {
    customers = List.copyOf(customers);
    offers = List.copyOf(offers);
    Map<String, Map<String, Double>> copy = new LinkedHashMap<>();
    values.forEach((c, v) -> copy.put(c, Map.copyOf(v)));
    values = java.util.Collections.unmodifiableMap(copy);
    Problems problems = new Problems("offers");
    Set<String> names = new HashSet<>();
    for (Recipient r : customers) {
      if (!names.add(r.name)) {
        problems.add(ErrorCode.BAD_OPTION, "customer " + r.name, "there are two", "rename one");
      }
      if (r.contacts < 0) {
        problems.add(
            ErrorCode.BAD_OPTION,
            "customer " + r.name,
            "contacts is " + r.contacts,
            "use 0 or more");
      }
    }
    Set<String> known = new HashSet<>();
    for (Offer o : offers) {
      if (!known.add(o.name)) {
        problems.add(ErrorCode.BAD_OPTION, "offer " + o.name, "there are two", "rename one");
      }
      if (!(o.cost >= 0) || Double.isInfinite(o.cost) || o.most < 0) {
        problems.add(
            ErrorCode.BAD_OPTION,
            "offer " + o.name,
            "cost is " + o.cost + ", most is " + o.most,
            "use finite numbers of at least 0");
      }
    }
    if (!(budget >= 0) || Double.isInfinite(budget)) {
      problems.add(ErrorCode.BAD_OPTION, "budget", "it is " + budget, "use a finite budget");
    }
    for (Map.Entry<String, Map<String, Double>> e : values.entrySet()) {
      if (!names.contains(e.getKey())) {
        problems.add(
            ErrorCode.BAD_OPTION, "values", "there is no customer " + e.getKey(), "add it");
      }
      e.getValue()
          .forEach(
              (o, v) -> {
                if (!known.contains(o) || !Double.isFinite(v) || Math.abs(v) > 1e9) {
                  problems.add(
                      ErrorCode.BAD_OPTION,
                      "values of " + e.getKey(),
                      "offer " + o + " is unknown, or its value " + v + " is not usable",
                      "use finite values of known offers");
                }
              });
    }
    problems.throwIfAny();
  }
}
