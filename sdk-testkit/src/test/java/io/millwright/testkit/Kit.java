package io.millwright.testkit;

import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;

import io.millwright.api.Capability;
import io.millwright.api.ModelInfo;
import io.millwright.api.Provenance;
import io.millwright.api.data.Column;
import io.millwright.api.data.Schema;
import io.millwright.api.data.Unit;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.platform.engine.support.descriptor.MethodSource;
import org.junit.platform.testkit.engine.EngineTestKit;
import org.junit.platform.testkit.engine.Event;
import org.junit.platform.testkit.engine.Events;

/** Runs a contract on a fake and tells which of its tests failed. */
final class Kit {

  private Kit() {}

  static Set<String> failures(Class<?> contract) {
    Events tests =
        EngineTestKit.engine("junit-jupiter")
            .selectors(selectClass(contract))
            .execute()
            .testEvents();
    if (tests.started().count() == 0) {
      throw new AssertionError("no test of " + contract + " ran");
    }
    Set<String> failed = new TreeSet<>();
    for (Event event : tests.failed().list()) {
      event
          .getTestDescriptor()
          .getSource()
          .ifPresent(source -> failed.add(((MethodSource) source).getMethodName()));
    }
    return failed;
  }

  static ModelInfo info(Capability... capabilities) {
    return new ModelInfo(
        "fake.double",
        1,
        "digest",
        Schema.of(Column.number("x")),
        Unit.NONE,
        Double.NEGATIVE_INFINITY,
        Double.POSITIVE_INFINITY,
        List.of(),
        Set.of(capabilities),
        Map.of(),
        new Provenance(
            "fake",
            Instant.EPOCH,
            "data",
            1,
            new TreeMap<>(Map.of("network", "none")),
            new TreeMap<>(Map.of("java", "any")),
            List.of()));
  }
}
