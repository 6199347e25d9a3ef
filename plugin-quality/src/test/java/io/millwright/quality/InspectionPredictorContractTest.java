package io.millwright.quality;

import io.millwright.api.Millwright;
import io.millwright.api.Predictor;
import io.millwright.api.data.Image;
import io.millwright.testkit.PredictorContract;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;

class InspectionPredictorContractTest extends PredictorContract<Image, Verdict> {

  @TempDir static Path folder;

  private static Millwright millwright;
  private static Path bundle;

  @BeforeAll
  static void train() throws InterruptedException {
    millwright = Millwright.create();
    bundle = folder.resolve("surface.mwb");
    Simulated.small(millwright.plugin(Quality.class))
        .train(Simulated.images(6, 3))
        .await()
        .saveTo(bundle);
  }

  @AfterAll
  static void close() {
    millwright.close();
  }

  @Override
  protected Predictor<Image, Verdict> open() {
    return millwright.open(Quality.INSPECTION, bundle);
  }

  @Override
  protected List<Image> inputs() {
    return Simulated.images(3, 8).stream().map(LabelledImage::image).toList();
  }

  @Override
  protected List<Image> dirtyInputs() {
    return List.of(
        Image.of8("flat", 32, 32, Image.Format.GREY8, new byte[32 * 32]),
        Image.of8("small", 1, 1, Image.Format.GREY8, new byte[1]),
        Image.of8("wide", 64, 16, Image.Format.RGB8, new byte[64 * 16 * 3]),
        Image.grey16("deep", 40, 40, new short[1600]));
  }

  @Override
  protected int memoryCalls() {
    return 200;
  }
}
