package io.millwright.core.prepare;

import io.millwright.api.data.Schema;
import io.millwright.api.data.Table;
import io.millwright.api.learn.Preparation;
import java.util.List;

/** stub */
final class Fitter {
  private Fitter() {}

  static FittedPreparation.Fit fit(Preparation preparation, Schema schema, List<Table> sequences) {
    throw new UnsupportedOperationException();
  }
}
