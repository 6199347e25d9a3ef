package io.millwright.maintenance.internal.wear;

import io.millwright.api.ErrorCode;
import io.millwright.api.Evaluation;
import io.millwright.api.MillwrightException;
import io.millwright.api.ModelInfo;
import io.millwright.api.Monitor;
import io.millwright.api.Predictor;
import io.millwright.api.data.Row;
import io.millwright.api.data.UnitHistory;
import io.millwright.api.spi.ComposedModel;
import io.millwright.api.spi.Composer;
import io.millwright.maintenance.Cycles;
import io.millwright.maintenance.RemainingLifeModel;
import io.millwright.maintenance.WearCourse;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.hipparchus.special.Erf;

/** Fresh from training. */
final class WearModel implements RemainingLifeModel {

  private final Composer composer;
  private final ComposedModel model;
  private final ModelInfo info;
  private final Wears wears;

  WearModel(Composer composer, ComposedModel model) {
    this.composer = composer;
    this.model = model;
    this.info = composer.info(model);
    this.wears = Wears.read(model);
  }

  @Override
  public Evaluation evaluation() {
    return model.evaluation();
  }

  @Override
  public Predictor<UnitHistory, Cycles> open() {
    return new WearPredictor(wears, info);
  }

  @Override
  public void saveTo(Path bundle) {
    composer.write(model, bundle);
  }

  @Override
  public ModelInfo info() {
    return info;
  }

  @Override
  public Monitor<Row, Cycles> monitor() {
    throw new MillwrightException(
        ErrorCode.UNSUPPORTED,
        "a path of wear looks at the whole history, so it has no monitor\n"
            + "Maybe ask the predictor with the history so far");
  }

  @Override
  public Optional<WearCourse> course(UnitHistory history, String column, int ahead, double level) {
    if (ahead < 1 || !(level > 0 && level < 1)) {
      throw new MillwrightException(
          ErrorCode.BAD_OPTION,
          "ahead is "
              + ahead
              + " and level "
              + level
              + "\nMaybe ask for 1 cycle or more, at a level between 0 and 1");
    }
    List<String> columns = wears.readings().stream().map(Wear::column).toList();
    if (!columns.contains(column)) {
      throw new MillwrightException(
          ErrorCode.MISSING_COLUMN,
          "\"" + column + "\" is no reading that follows wear\nMaybe one of " + columns);
    }
    Wear wear = wears.readings().get(columns.indexOf(column));
    double[] worn = Wears.worn(wear, history.readings(), history.length());
    if (Wears.known(worn) < WearPath.LEAST) {
      return Optional.empty();
    }
    WearLife life = wears.life(history.readings()).orElseThrow();
    Wear.Standing standing = wear.standing(worn);
    // So that it reaches the level of failure when all readings together say.
    double speed = wear.life(standing).median() / life.median();
    double z = Math.sqrt(2) * Erf.erfInv(level);
    List<Double> expected = new ArrayList<>();
    List<Double> low = new ArrayList<>();
    List<Double> high = new ArrayList<>();
    for (int cycle = 1; cycle <= ahead; cycle++) {
      double middle = wear.ahead(standing, cycle, speed);
      double stray = z * standing.stray();
      double fast = wear.ahead(standing, cycle, speed * Math.exp(z * life.spread()));
      double slow = wear.ahead(standing, cycle, speed * Math.exp(-z * life.spread()));
      double most = middle + Math.hypot(fast - middle, stray);
      double least = middle - Math.hypot(middle - slow, stray);
      expected.add(wear.reading(middle));
      low.add(Math.min(wear.reading(most), wear.reading(least)));
      high.add(Math.max(wear.reading(most), wear.reading(least)));
    }
    return Optional.of(
        new WearCourse(wear.column(), wear.reading(wear.end()), level, expected, low, high));
  }
}
