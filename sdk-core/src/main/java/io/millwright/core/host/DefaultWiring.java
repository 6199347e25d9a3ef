package io.millwright.core.host;

import io.millwright.api.ErrorCode;
import io.millwright.api.MillwrightException;
import io.millwright.api.ModelStore;
import io.millwright.api.Predictor;
import io.millwright.api.data.Table;
import io.millwright.api.data.TableReader;
import io.millwright.api.spi.Jobs;
import io.millwright.api.spi.LearningToolkit;
import io.millwright.core.network.ForwardPass;
import io.millwright.core.network.NetworkPlan;
import io.millwright.core.network.Runtimes;
import io.millwright.core.network.Weights;
import io.millwright.core.tables.Tables;
import java.lang.reflect.Proxy;
import java.nio.file.Path;
import java.time.Clock;

/** The rooms that stand beside this one in the jar. */
final class DefaultWiring implements Wiring {

  @Override
  public ForwardPass javaForward(NetworkPlan plan, Weights weights) {
    throw absent("runtime");
  }

  @Override
  public LearningToolkit learning(Runtimes runtimes, Jobs jobs, Clock clock) {
    // A proxy, so that plug-ins that do not learn run without the room.
    return (LearningToolkit)
        Proxy.newProxyInstance(
            DefaultWiring.class.getClassLoader(),
            new Class<?>[] {LearningToolkit.class},
            (proxy, method, args) -> {
              throw absent("learn");
            });
  }

  @Override
  public Predictor<Table, Object> open(Runtimes runtimes, Path bundle) {
    throw absent("runtime");
  }

  @Override
  public ModelStore store(Path folder, Clock clock) {
    throw absent("bundle");
  }

  @Override
  public TableReader tables() {
    return Tables.reader();
  }

  private static MillwrightException absent(String room) {
    return new MillwrightException(
        ErrorCode.UNSUPPORTED, "this build of Millwright has no room " + room);
  }
}
