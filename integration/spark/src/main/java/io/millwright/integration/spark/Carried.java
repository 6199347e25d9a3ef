package io.millwright.integration.spark;

import io.millwright.api.Millwright;
import io.millwright.api.ModelSource;
import io.millwright.api.Predictor;
import io.millwright.api.data.Table;
import java.io.Serializable;
import org.apache.spark.util.LongAccumulator;
import org.jspecify.annotations.Nullable;

/**
 * A bundle on its way to executors, and the predictor that each of them opens when its first task
 * asks. A broadcast value exists once in an executor, so its tasks share one predictor. Spark
 * carries broadcast values by Java serialisation; what is carried is the bundle's bytes, which are
 * checked when they are opened. Thread-safe.
 */
final class Carried implements Serializable {

  private static final long serialVersionUID = 1;

  private final String name;
  private final byte[] bundle;
  private final LongAccumulator opened;
  private transient @Nullable Predictor<Table, Object> predictor;

  Carried(String name, byte[] bundle, LongAccumulator opened) {
    this.name = name;
    this.bundle = bundle.clone();
    this.opened = opened;
  }

  /** The predictor of this executor; ends with it. */
  synchronized Predictor<Table, Object> predictor() {
    Predictor<Table, Object> open = predictor;
    if (open == null) {
      open = Millwright.create().open(ModelSource.bytes(name, bundle));
      predictor = open;
      opened.add(1);
    }
    return open;
  }
}
