package io.millwright.core.learn;

import io.millwright.api.DataReport;
import io.millwright.api.Evaluation;
import io.millwright.api.ModelInfo;
import io.millwright.api.Predictor;
import io.millwright.api.Provenance;
import io.millwright.api.Trained;
import io.millwright.api.learn.Binding;
import io.millwright.runtime.bundle.BundleWriter;
import io.millwright.runtime.bundle.Bundles;
import io.millwright.runtime.bundle.Model;
import java.nio.file.Path;
import java.util.Locale;
import java.util.SortedMap;
import java.util.TreeMap;

/** A model fresh from training: plain data, and the ways to open and save it. */
record TrainedModel<I, V>(
    DefaultLearningToolkit toolkit,
    Binding<I, ?, V> binding,
    Model model,
    ModelInfo info,
    DataReport dataReport)
    implements Trained<I, V> {

  /** The same with what was found in its data. */
  TrainedModel<I, V> noted(DataReport report) {
    Provenance from = model.provenance();
    SortedMap<String, String> settings = new TreeMap<>(from.settings());
    settings.put("data", report.rows() + " rows, " + report.learnt() + " of them learnt from");
    for (int i = 0; i < report.remarks().size(); i++) {
      settings.put(String.format(Locale.ROOT, "data remark %02d", i + 1), report.remarks().get(i));
    }
    Provenance provenance =
        new Provenance(
            from.producer(),
            from.created(),
            from.dataDigest(),
            from.key(),
            settings,
            from.environment(),
            from.parents());
    Model noted =
        new Model(
            model.task(),
            model.taskVersion(),
            model.preparation(),
            model.network(),
            model.head(),
            model.members(),
            model.evaluation(),
            model.capabilities(),
            provenance,
            model.golden(),
            model.blend());
    return new TrainedModel<>(toolkit, binding, noted, Bundles.info(noted), report);
  }

  @Override
  public Evaluation evaluation() {
    return model.evaluation();
  }

  @Override
  public Predictor<I, V> open() {
    return toolkit.open(binding, model, info);
  }

  @Override
  public void saveTo(Path bundle) {
    BundleWriter.write(model, bundle);
  }
}
