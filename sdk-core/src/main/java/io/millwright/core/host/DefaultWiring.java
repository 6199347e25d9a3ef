package io.millwright.core.host;

import io.millwright.api.ErrorCode;
import io.millwright.api.MillwrightException;
import io.millwright.api.ModelStore;
import io.millwright.api.Predictor;
import io.millwright.api.data.Table;
import io.millwright.api.data.TableReader;
import io.millwright.api.spi.Jobs;
import io.millwright.api.spi.LearningToolkit;
import io.millwright.core.network.Engines;
import java.nio.file.Path;
import java.time.Clock;

/** The rooms that stand beside this one in the jar. */
final class DefaultWiring implements Wiring {
  @Override
  public LearningToolkit learning(Engines engines, Jobs jobs, Clock clock) {
    throw new MillwrightException(ErrorCode.UNSUPPORTED, "learning");
  }

  @Override
  public Predictor<Table, Object> open(Engines engines, Path bundle) {
    throw new MillwrightException(ErrorCode.UNSUPPORTED, "open");
  }

  @Override
  public ModelStore store(Path folder, Clock clock) {
    throw new MillwrightException(ErrorCode.UNSUPPORTED, "store");
  }

  @Override
  public TableReader tables() {
    throw new MillwrightException(ErrorCode.UNSUPPORTED, "tables");
  }
}
