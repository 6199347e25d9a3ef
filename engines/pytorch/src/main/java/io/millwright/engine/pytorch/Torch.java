package io.millwright.engine.pytorch;

import ai.djl.Device;
import ai.djl.engine.Engine;
import ai.djl.engine.StandardCapabilities;
import ai.djl.ndarray.NDManager;
import ai.djl.pytorch.engine.PtNDManager;
import io.millwright.runtime.network.ForwardPass;
import io.millwright.runtime.network.NetworkPlan;
import io.millwright.runtime.network.Objective;
import io.millwright.runtime.network.Shape;
import io.millwright.runtime.network.TrainingSession;
import io.millwright.runtime.network.Weights;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The started engine. */
final class Torch {

  private final Engine engine;
  private final List<String> devices;

  private Torch(Engine engine, List<String> devices) {
    this.engine = engine;
    this.devices = devices;
  }

  /**
   * Starts the engine, or finds it started. DJL looks engines up through the thread's loader, so
   * that is set to its own meanwhile.
   */
  static Torch start() {
    Thread thread = Thread.currentThread();
    ClassLoader before = thread.getContextClassLoader();
    thread.setContextClassLoader(Engine.class.getClassLoader());
    try {
      Engine engine = Engine.getEngine(PyTorchEngine.NAME);
      List<String> devices = new ArrayList<>();
      if (engine.hasCapability(StandardCapabilities.CUDA)) {
        for (int i = 0; i < engine.getGpuCount(); i++) {
          devices.add("gpu " + i);
        }
      }
      devices.add("cpu");
      return new Torch(engine, List.copyOf(devices));
    } finally {
      thread.setContextClassLoader(before);
    }
  }

  String version() {
    return engine.getVersion() + " (DJL " + Engine.getDjlVersion() + ")";
  }

  List<String> devices() {
    return devices;
  }

  ForwardPass open(NetworkPlan plan, Weights weights, String device) {
    return new TorchForward(plan, weights, manager(device));
  }

  TrainingSession train(NetworkPlan plan, Objective objective, String device) {
    return new TorchSession(plan, objective, manager(device));
  }

  ForwardPass openFile(Path file, Shape input, int outputs, String device) {
    return ScriptForward.open(file, input, outputs, device(device));
  }

  private static Device device(String device) {
    return device.startsWith("gpu ")
        ? Device.gpu(Integer.parseInt(device.substring(4).split(":", 2)[0].trim()))
        : Device.cpu();
  }

  private static PtNDManager manager(String device) {
    return (PtNDManager) NDManager.newBaseManager(device(device), PyTorchEngine.NAME);
  }
}
