package io.millwright.scheduling.internal;

import io.millwright.api.Budget;
import io.millwright.api.Provenance;
import io.millwright.api.spi.Jobs;
import io.millwright.runtime.support.Digest;
import io.millwright.scheduling.Objective;
import io.millwright.scheduling.Shop;
import io.millwright.scheduling.internal.documents.Documents;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Executor;
import java.util.stream.Collectors;

/**
 * What the host lends to this plug-in.
 *
 * @param jobs starts searches
 * @param executor runs helpers of a search
 * @param clock says when a plan was made
 */
record Lent(Jobs jobs, Executor executor, Clock clock) {

  Provenance provenance(
      Shop shop, List<Objective> objectives, Budget budget, long key, int workers) {
    String version = Lent.class.getPackage().getImplementationVersion();
    return Provenance.builder()
        .producer("millwright-scheduling " + (version == null ? "development" : version))
        .created(clock.instant())
        .dataDigest(digest(shop))
        .key(key)
        .settings(
            new TreeMap<>(
                Map.of(
                    "objectives",
                    objectives.stream().map(Objective::name).collect(Collectors.joining(", then ")),
                    "budget",
                    budget.toString(),
                    "workers",
                    Integer.toString(workers))))
        .environment(
            new TreeMap<>(
                Map.of(
                    "java", System.getProperty("java.version", ""),
                    "os",
                        System.getProperty("os.name", "") + " " + System.getProperty("os.arch", ""),
                    "processors", Integer.toString(Runtime.getRuntime().availableProcessors()))))
        .build();
  }

  /** Of the shop's document, without its draft: where a search starts is no part of the problem. */
  private static String digest(Shop shop) {
    return Digest.of(new Documents().json(shop.withoutDraft()));
  }
}
