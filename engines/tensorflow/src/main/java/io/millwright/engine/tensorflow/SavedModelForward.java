package io.millwright.engine.tensorflow;

import io.millwright.api.ErrorCode;
import io.millwright.api.MillwrightException;
import io.millwright.runtime.network.ForwardPass;
import io.millwright.runtime.network.Shape;
import java.nio.file.Path;
import java.util.List;
import org.tensorflow.Result;
import org.tensorflow.SavedModelBundle;
import org.tensorflow.Signature;
import org.tensorflow.exceptions.TensorFlowException;
import org.tensorflow.ndarray.NdArray;
import org.tensorflow.proto.DataType;
import org.tensorflow.types.TFloat32;

/** Somebody's SavedModel that takes one array and gives one. Thread-safe. */
final class SavedModelForward implements ForwardPass {

  private final Path folder;
  private final Shape input;
  private final int outputs;
  private final SavedModelBundle bundle;
  private final String from;
  private final String to;

  private SavedModelForward(
      Path folder, Shape input, int outputs, SavedModelBundle bundle, String from, String to) {
    this.folder = folder;
    this.input = input;
    this.outputs = outputs;
    this.bundle = bundle;
    this.from = from;
    this.to = to;
  }

  static SavedModelForward open(Path folder, Shape input, int outputs, String device) {
    SavedModelBundle bundle;
    try {
      bundle =
          SavedModelBundle.loader(folder.toString())
              .withTags(SavedModelBundle.DEFAULT_TAG)
              .withConfigProto(Flow.config(device))
              .load();
    } catch (TensorFlowException | IllegalArgumentException e) {
      throw new MillwrightException(
          ErrorCode.BAD_FILE,
          folder
              + " cannot be read as a SavedModel with the tag \""
              + SavedModelBundle.DEFAULT_TAG
              + "\": "
              + first(e)
              + "\nMaybe name the folder that holds saved_model.pb",
          e);
    }
    try {
      Signature signature = signature(folder, bundle.signatures());
      Signature.TensorDescription in = signature.getInputs().values().iterator().next();
      Signature.TensorDescription out = signature.getOutputs().values().iterator().next();
      org.tensorflow.ndarray.Shape wanted = Flow.batch(input, -1);
      if (in.dataType != DataType.DT_FLOAT
          || out.dataType != DataType.DT_FLOAT
          || !wanted.isCompatibleWith(in.shape)) {
        throw wrong(
            folder,
            "takes "
                + in.dataType
                + " "
                + in.shape
                + " and gives "
                + out.dataType
                + " "
                + out.shape,
            "float32 " + wanted + " and " + outputs + " outputs were declared");
      }
      SavedModelForward forward =
          new SavedModelForward(folder, input, outputs, bundle, in.name, out.name);
      forward.run(new float[input.size()], 1);
      return forward;
    } catch (RuntimeException | Error e) {
      bundle.close();
      throw e;
    }
  }

  /** What TensorFlow says of a node may hold a whole graph. */
  private static String first(Throwable thrown) {
    String text = String.valueOf(thrown.getMessage());
    return text.length() > 300 ? text.substring(0, 300) + "..." : text;
  }

  private static Signature signature(Path folder, List<Signature> signatures) {
    List<Signature> fitting =
        signatures.stream()
            .filter(s -> s.getInputs().size() == 1 && s.getOutputs().size() == 1)
            .toList();
    return fitting.stream()
        .filter(s -> s.key().equals(Signature.DEFAULT_KEY))
        .findFirst()
        .or(() -> fitting.stream().findFirst())
        .orElseThrow(
            () ->
                new MillwrightException(
                    ErrorCode.BAD_FILE,
                    folder
                        + " has the signatures "
                        + signatures
                        + ", none of which takes one array and gives one\nMaybe save it with such"
                        + " a signature"));
  }

  private static MillwrightException wrong(Path folder, String is, String declared) {
    return new MillwrightException(
        ErrorCode.WRONG_SHAPE,
        folder + " " + is + ", but " + declared + "\nMaybe declare what the network was made for");
  }

  @Override
  public float[] run(float[] inputs, int count) {
    try (FloatTensor x = new FloatTensor();
        Result result =
            bundle
                .session()
                .runner()
                .feed(from, x.write(inputs, Flow.batch(input, count)))
                .fetch(to)
                .run()) {
      if (((NdArray<?>) result.get(0)).size() != (long) count * outputs
          || !(result.get(0) instanceof TFloat32)) {
        throw wrong(
            folder,
            "gives " + result.get(0).shape() + " for " + count + " inputs",
            outputs + " outputs were declared");
      }
      float[] y = new float[count * outputs];
      FloatTensor.read(result.get(0), y);
      return y;
    } catch (TensorFlowException e) {
      throw new MillwrightException(
          ErrorCode.BAD_FILE,
          folder
              + " can be read and not run: "
              + first(e)
              + "\nMaybe save it again, or ask whoever made it",
          e);
    }
  }

  @Override
  public void close() {
    bundle.close();
  }
}
