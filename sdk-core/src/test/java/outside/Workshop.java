package outside;

import io.millwright.api.ErrorCode;
import io.millwright.api.MillwrightEvent;
import io.millwright.api.MillwrightException;
import io.millwright.api.MillwrightListener;
import io.millwright.api.Task;
import io.millwright.api.data.Column;
import io.millwright.api.data.PlainData;
import io.millwright.api.data.Schema;
import io.millwright.api.data.Table;
import io.millwright.api.data.Unit;
import io.millwright.api.head.FittedHead;
import io.millwright.api.head.Head;
import io.millwright.api.head.Heads;
import io.millwright.api.head.Labels;
import io.millwright.api.learn.Binding;
import io.millwright.api.learn.Loss;
import io.millwright.api.learn.LossBatch;
import io.millwright.api.learn.NamedLoss;
import io.millwright.api.spi.ApiRange;
import io.millwright.api.spi.LearningToolkit;
import io.millwright.api.spi.LossKind;
import io.millwright.api.spi.Parts;
import io.millwright.api.spi.Plugin;
import io.millwright.api.spi.PluginContext;
import io.millwright.api.spi.TableFormat;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;

/** A plug-in that brings one thing of each kind: a reader, a head, a loss, a listener. */
public final class Workshop implements Plugin {

  static final Schema COLUMNS = Schema.of(Column.number("load"), Column.number("speed"));

  /** Numbers, but of a kind that only this plug-in knows. */
  static final Head<Double, Double> STRAIN = new Strain(Heads.number(Unit.NONE));

  static final Binding<Table, Double, Double> BINDING =
      new Binding<>(
          new Task<>("workshop.strain", 1, Table.class, Double.class), table -> table, STRAIN);

  /** What a test asks for. */
  public interface Door {
    /** The host's toolkit. */
    LearningToolkit learning();

    /** What the listener heard. */
    Queue<MillwrightEvent> heard();
  }

  record Strain(Head<Double, Double> as) implements Head<Double, Double> {
    @Override
    public String kind() {
      return "workshop-strain";
    }

    @Override
    public boolean accepts(Loss loss) {
      return loss instanceof NamedLoss;
    }

    @Override
    public FittedHead<Double, Double> fit(Labels<Double> labels) {
      return as.fit(labels);
    }

    @Override
    public FittedHead<Double, Double> read(PlainData data) {
      return as.read(data);
    }
  }

  /** An expectile loss: errors below count {@code share}, those above the rest. */
  record Expectile(double share) implements NamedLoss {
    @Override
    public String name() {
      return "workshop-expectile";
    }

    @Override
    public PlainData data() {
      return PlainData.builder().put("share", share).build();
    }

    static Expectile read(PlainData data) {
      double share = data.number("share");
      if (!(share > 0 && share < 1)) {
        throw new IllegalArgumentException("share is " + share);
      }
      return new Expectile(share);
    }

    @Override
    public double gradient(LossBatch batch, float[] gradient) {
      double sum = 0;
      double weights = 0;
      for (int i = 0; i < batch.count(); i++) {
        weights += batch.weights()[i];
      }
      for (int i = 0; i < batch.count(); i++) {
        double e = batch.outputs()[i * batch.width()] - batch.targets()[i * batch.targetWidth()];
        double w = batch.weights()[i] * (e < 0 ? share : 1 - share) / weights;
        gradient[i * batch.width()] = (float) (2 * w * e);
        sum += w * e * e;
      }
      return sum;
    }
  }

  /** Lines of two numbers between blanks. */
  static final class Blanks implements TableFormat {
    @Override
    public String name() {
      return "workshop log";
    }

    @Override
    public Set<String> endings() {
      return Set.of("wlog");
    }

    @Override
    public Table read(Path file) {
      try {
        double[][] rows =
            Files.readAllLines(file).stream()
                .map(
                    line ->
                        List.of(line.split(" ")).stream()
                            .mapToDouble(Double::parseDouble)
                            .toArray())
                .toArray(double[][]::new);
        return Table.ofNumbers(COLUMNS, rows);
      } catch (IOException e) {
        throw new MillwrightException(ErrorCode.IO_FAILED, file + ": " + e + "\nMaybe look", e);
      }
    }
  }

  @Override
  public String name() {
    return "workshop";
  }

  @Override
  public ApiRange requires() {
    return new ApiRange(ApiRange.CURRENT, ApiRange.CURRENT);
  }

  @Override
  public Parts create(PluginContext context) {
    Queue<MillwrightEvent> heard = new ConcurrentLinkedQueue<>();
    Door door =
        new Door() {
          @Override
          public LearningToolkit learning() {
            return context.learning();
          }

          @Override
          public Queue<MillwrightEvent> heard() {
            return heard;
          }
        };
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
        return List.of(BINDING);
      }

      @Override
      public List<Head<?, ?>> heads() {
        return List.of(STRAIN);
      }

      @Override
      public List<LossKind> losses() {
        return List.of(new LossKind("workshop-expectile", Expectile::read));
      }

      @Override
      public List<TableFormat> readers() {
        return List.of(new Blanks());
      }

      @Override
      public List<MillwrightListener> listeners() {
        return List.of(heard::add);
      }

      @Override
      public void close() {}
    };
  }
}
