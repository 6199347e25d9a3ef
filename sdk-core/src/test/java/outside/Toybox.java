package outside;

import io.millwright.api.learn.Binding;
import io.millwright.api.spi.ApiRange;
import io.millwright.api.spi.LearningToolkit;
import io.millwright.api.spi.Parts;
import io.millwright.api.spi.Plugin;
import io.millwright.api.spi.PluginContext;
import java.util.List;
import java.util.Optional;

/** The smallest plug-in that learns: its facade is the toolkit itself. */
public final class Toybox implements Plugin {

  /** What a test asks for. */
  public interface Door {
    /** The host's toolkit. */
    LearningToolkit learning();
  }

  @Override
  public String name() {
    return "toybox";
  }

  @Override
  public ApiRange requires() {
    return new ApiRange(ApiRange.CURRENT, ApiRange.CURRENT);
  }

  @Override
  public Parts create(PluginContext context) {
    Door door = context::learning;
    return new Parts() {
      @Override
      public <F> Optional<F> facade(Class<F> type) {
        return type == Door.class ? Optional.of(type.cast(door)) : Optional.empty();
      }

      @Override
      public List<Class<?>> facades() {
        return List.of(Door.class);
      }

      @Override
      public List<Binding<?, ?, ?>> tasks() {
        return List.of(
            Toys.TEXT,
            Toys.RANKING,
            Toys.BOXES,
            Toys.ANOMALY,
            Toys.SURVIVAL,
            Toys.FORECAST,
            Toys.PRESSES);
      }

      @Override
      public void close() {}
    };
  }
}
