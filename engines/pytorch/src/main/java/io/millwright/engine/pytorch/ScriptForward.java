package io.millwright.engine.pytorch;

import ai.djl.Device;
import ai.djl.MalformedModelException;
import ai.djl.Model;
import ai.djl.engine.EngineException;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.pytorch.engine.PtNDArray;
import ai.djl.pytorch.engine.PtNDManager;
import ai.djl.pytorch.jni.JniUtils;
import ai.djl.training.ParameterStore;
import io.millwright.api.ErrorCode;
import io.millwright.api.MillwrightException;
import io.millwright.runtime.network.ForwardPass;
import io.millwright.runtime.network.Shape;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Objects;

/**
 * Somebody's TorchScript file that takes one array and gives one. Thread-safe: it is set to predict
 * once, when it is opened, and every call has a manager of its own. DJL's model is kept, because
 * its finaliser would free the network.
 */
final class ScriptForward implements ForwardPass {

  private final Path file;
  private final Shape input;
  private final int outputs;
  private final Model model;
  private final PtNDManager manager;

  private ScriptForward(Path file, Shape input, int outputs, Model model) {
    this.file = file;
    this.input = input;
    this.outputs = outputs;
    this.model = model;
    this.manager = (PtNDManager) model.getNDManager();
  }

  static ScriptForward open(Path file, Shape input, int outputs, Device device) {
    Model model = Model.newInstance("opaque", device, PyTorchEngine.NAME);
    try {
      Path whole = file.toAbsolutePath();
      model.load(Objects.requireNonNull(whole.getParent()), whole.getFileName().toString());
      ScriptForward forward = new ScriptForward(file, input, outputs, model);
      forward.run(new float[input.size()], 1);
      return forward;
    } catch (IOException | MalformedModelException | EngineException e) {
      model.close();
      throw new MillwrightException(
          ErrorCode.BAD_FILE,
          file
              + " cannot be read as a TorchScript network for inputs of "
              + input
              + ": "
              + first(e)
              + "\nMaybe write it with torch.jit.save after tracing it with such an input",
          e);
    } catch (RuntimeException | Error e) {
      model.close();
      throw e;
    }
  }

  private static String first(Throwable thrown) {
    String text = String.valueOf(thrown.getMessage());
    return text.length() > 300 ? text.substring(0, 300) + "..." : text;
  }

  @Override
  public float[] run(float[] inputs, int count) {
    JniUtils.setGradMode(false);
    try (NDManager call = manager.newSubManager(manager.getDevice())) {
      PtNDArray x =
          new FloatMemory()
              .tensor(
                  (PtNDManager) call,
                  inputs,
                  count * input.size(),
                  TorchLayers.batch(input, count));
      NDList given =
          model.getBlock().forward(new ParameterStore(call, false), new NDList(x), false);
      NDArray y = given.get(0);
      if (given.size() != 1 || y.size() != (long) count * outputs) {
        throw new MillwrightException(
            ErrorCode.WRONG_SHAPE,
            file
                + " gives "
                + given.size()
                + " arrays, the first of shape "
                + y.getShape()
                + " for "
                + count
                + " inputs, but "
                + outputs
                + " outputs were declared\nMaybe declare what the network was made for");
      }
      return y.toType(DataType.FLOAT32, false).toFloatArray();
    } catch (EngineException e) {
      throw new MillwrightException(
          ErrorCode.BAD_FILE,
          file
              + " cannot be run on inputs of "
              + input
              + ": "
              + first(e)
              + "\nMaybe write it with torch.jit.save after tracing it with such an input",
          e);
    } finally {
      JniUtils.setGradMode(true);
    }
  }

  @Override
  public void close() {
    model.close();
  }
}
