package io.millwright.samples.programs;

import io.millwright.api.Budget;
import io.millwright.api.Millwright;
import io.millwright.personalization.ConfigurationGoal;
import io.millwright.personalization.Configurator;
import io.millwright.personalization.Configurators;
import io.millwright.personalization.ItemRule;
import io.millwright.personalization.Personalization;
import io.millwright.personalization.PurchaseLog;
import io.millwright.personalization.Recommendation;
import io.millwright.personalization.RecommendationRequest;
import io.millwright.personalization.Recommender;
import io.millwright.personalization.RequestReading;
import io.millwright.samples.plant.PumpCustomers;
import io.millwright.samples.plant.PumpModel;
import java.time.Duration;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * What customers of a simulated maker of pumps need: the spare parts that they order next, only
 * those that fit a pump they have, and a pump by a request in Chinese.
 */
public final class WhatCustomersNeed {

  private WhatCustomersNeed() {}

  /**
   * Runs.
   *
   * @param args not used
   * @throws InterruptedException when the thread is interrupted while it waits
   */
  public static void main(String[] args) throws InterruptedException {
    PumpCustomers all = PumpCustomers.standard(0);
    PurchaseLog log = PurchaseLog.sequences(all.histories()).items(all.itemAttributes());
    Map<String, Set<String>> fits = new HashMap<>();
    for (String item : all.itemAttributes().keySet()) {
      int at = item.indexOf(" for ");
      if (at > 0) {
        fits.put(item, Set.of("pump " + item.substring(at + 5)));
      }
    }
    try (Millwright millwright = Millwright.create()) {
      Personalization personal = millwright.plugin(Personalization.class);
      Recommender recommender = personal.recommending().thorough(false).train(log).await();
      System.out.println(recommender.choice());
      for (String customer : all.histories().keySet().stream().limit(3).toList()) {
        for (Recommendation r :
            recommender.recommend(
                RecommendationRequest.of(customer).top(2).rule(ItemRule.fits(fits)))) {
          System.out.printf(
              Locale.ROOT,
              "%s: %s, %.0f %%, %s%n",
              customer,
              r.item(),
              100 * r.probability(),
              r.reasons().isEmpty() ? "" : r.reasons().get(0));
        }
      }
      configure(personal.configuration());
    }
  }

  private static void configure(Configurators configurators) throws InterruptedException {
    Configurator pump = configurators.of(configurators.read(PumpModel.text()));
    Budget budget = Budget.of(Duration.ofSeconds(5));
    RequestReading reading = pump.read("不锈钢泵, 扬程40米, 输送牛奶, 填料密封");
    Configurator.Completion nearest = pump.nearest(reading.wish(0.6), budget).await().orElseThrow();
    Configurator.Configuration now = pump.start();
    for (String feature : reading.wish(0.6).keySet()) {
      String option = nearest.choices().get(feature);
      now = option == null ? now : pump.choose(now, feature, option);
    }
    System.out.println("understood " + reading.wish(0.6) + ", changed " + nearest.changed());
    System.out.println(
        "cheapest "
            + pump.best(now, ConfigurationGoal.least("price"), budget)
                .await()
                .orElseThrow()
                .choices());
  }
}
