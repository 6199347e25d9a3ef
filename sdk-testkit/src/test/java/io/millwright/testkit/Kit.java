package io.millwright.testkit;

import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;

import io.millwright.api.Capability;
import io.millwright.api.ModelInfo;
import io.millwright.api.Provenance;
import io.millwright.api.data.Column;
import io.millwright.api.data.Schema;
import java.time.Instant;
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
    return ModelInfo.builder()
        .task("fake.double")
        .taskVersion(1)
        .digest("digest")
        .inputs(Schema.of(Column.number("x")))
        .capabilities(Set.of(capabilities))
        .provenance(
            Provenance.builder()
                .producer("fake")
                .created(Instant.EPOCH)
                .dataDigest("data")
                .key(1)
                .settings(new TreeMap<>(Map.of("network", "none")))
                .environment(new TreeMap<>(Map.of("java", "any")))
                .build())
        .build();
  }
}
